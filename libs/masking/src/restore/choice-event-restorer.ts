import { encodeSseEvent, memberOf, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { itemsOf, numberOf } from '../json/json-fields';
import type { PositionTable } from '../positions/position-table';
import type { ChoiceForm, ChoicePart } from './choice-lanes';
import { parseEventData, withEditedData } from './event-data';
import type { EventRestorer } from './event-restorer.port';
import { laneEdit } from './lane-edit';
import type { ReplySession } from './reply-session';
import { restorePositions, restoreReply } from './restore-body';
import { restoreWhole, type RestoreLane } from './restore-lane';
import { choiceLogProbabilities } from './token-log-probabilities';

interface ChoiceLane {
  readonly lane: RestoreLane;
  readonly choiceOf: ChoicePart['choiceOf'];
}

/** A choice that is being streamed. */
interface OpenChoice {
  readonly lanes: Map<string, ChoiceLane>;
  /** Names of the tools that it calls, by the keys of their lanes. */
  readonly tools: Map<string, string>;
}

/** Where texts live in the chunks of a dialect whose replies are choices. */
export interface ChunkForm {
  readonly reply: PositionTable;
  /** The same from the member of a choice on that holds what is new. */
  readonly news: PositionTable;
  readonly newsOf: (choice: JsonNode) => JsonNode | undefined;
  readonly choice: ChoiceForm;
}

/** Restores a stream of `POST /v1/chat/completions` or `/v1/completions`: one lane for each text of each choice. */
export class ChoiceEventRestorer implements EventRestorer {
  readonly nextSequenceNumber = 0;
  isComplete = false;
  private readonly choices = new Map<number, OpenChoice>();
  /** Data of the last chunk; events that send what was held back look like it. */
  private lastChunk = '{}';

  constructor(
    private readonly form: ChunkForm,
    private readonly session: ReplySession,
  ) {}

  restore(event: SseEvent): Uint8Array[] {
    if (event.data === '[DONE]') {
      this.isComplete = true;
      return [...this.flush(), event.raw];
    }
    const root = parseEventData(event);
    const { data } = event;
    if (data === undefined || root?.type !== 'object') return [event.raw];
    if (memberOf(root, 'choices') === undefined) {
      // Texts may go on behind an event that is not known, but not behind an error.
      const before = memberOf(root, 'error') === undefined ? [] : this.flush();
      return [...before, withEditedData(event, restoreReply(data, root, this.form.reply, this.session))];
    }
    this.lastChunk = data;
    const before: Uint8Array[] = [];
    const edits = itemsOf(memberOf(root, 'choices')).flatMap((choice) => this.choice(data, choice, before));
    if (this.session.isMasked) edits.push(...choiceLogProbabilities(root));
    return [...before, withEditedData(event, edits)];
  }

  flush(): Uint8Array[] {
    return Array.from(this.choices.keys()).flatMap((index) => this.finish(index));
  }

  /** @param before takes the events that must be sent before this one */
  private choice(text: string, node: JsonNode, before: Uint8Array[]): TextEdit[] {
    const index = numberOf(text, memberOf(node, 'index'), 0);
    const choice = this.choices.get(index) ?? { lanes: new Map(), tools: new Map() };
    this.choices.set(index, choice);
    for (const [key, name] of this.form.choice.toolsOf(text, node)) choice.tools.set(key, name);
    const parts = this.form.choice.partsOf(text, node);
    const isFinished = memberOf(node, 'finish_reason')?.type === 'string';
    // Clients take the start of a tool call as the end of what went before it.
    if (parts.some(({ isToolCall, key }) => isToolCall && !choice.lanes.has(key))) before.push(...this.release(index));
    const edits = parts.flatMap((part) => laneEdit(text, part.node, this.laneOf(choice, part), isFinished));
    edits.push(...this.others(text, node, new Set(parts.map((part) => part.node))));
    if (isFinished) before.push(...this.finish(index));
    return edits;
  }

  /** What else is new in a choice, and there as a whole. */
  private others(text: string, choice: JsonNode, lanes: ReadonlySet<JsonNode>): TextEdit[] {
    const { news, newsOf } = this.form;
    const node = newsOf(choice);
    if (node === undefined) return [];
    return restorePositions(text, node, news, this.session, (position) => (lanes.has(position) ? undefined : {}));
  }

  private laneOf(choice: OpenChoice, { key, isJson, choiceOf }: ChoicePart): RestoreLane {
    const known = choice.lanes.get(key);
    if (known !== undefined) return known.lane;
    const name = choice.tools.get(key);
    const tool = name === undefined ? undefined : restoreWhole(name, this.session.laneOptions({ isRepeated: true }));
    const lane = this.session.lane({ isJson, tool });
    choice.lanes.set(key, { lane, choiceOf });
    return lane;
  }

  private finish(index: number): Uint8Array[] {
    const events = this.release(index);
    for (const { lane } of this.choices.get(index)?.lanes.values() ?? []) lane.finish();
    this.choices.delete(index);
    return events;
  }

  /** Events with what the lanes of a choice hold back. */
  private release(index: number): Uint8Array[] {
    return Array.from(this.choices.get(index)?.lanes.values() ?? []).flatMap(({ lane, choiceOf }) => {
      const rest = lane.flush();
      return rest === '' ? [] : [encodeSseEvent(chunkLike(this.lastChunk, { index, ...choiceOf(rest) }))];
    });
  }
}

/** A chunk with the identity of another one and a choice of its own. */
function chunkLike(chunk: string, choice: object): string {
  const { usage, ...head } = JSON.parse(chunk) as Record<string, unknown>;
  const choices = [{ ...choice, finish_reason: null }];
  return JSON.stringify({ ...head, choices, ...(usage === undefined ? {} : { usage: null }) });
}
