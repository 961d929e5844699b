import { encodeSseEvent, memberOf, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { OPENAI_REPLY } from '../positions/openai-reply.positions';
import type { TokenGrants } from '../grants/token-grants';
import { parseEventData, withEditedData } from './event-data';
import type { EventRestorer } from './event-restorer.port';
import { laneEdit } from './lane-edit';
import { itemsOf, numberOf, partsOf, type DeltaPart } from './openai-lanes';
import { restoreEdits } from './restore-body';
import { RestoreLane } from './restore-lane';
import { JsonEscaping, PLAIN } from './value-escaping';

interface ChoiceLane {
  readonly lane: RestoreLane;
  readonly deltaOf: DeltaPart['deltaOf'];
}

/** Restores a stream of `POST /v1/chat/completions`: one lane for each text of each choice. */
export class OpenAiEventRestorer implements EventRestorer {
  private readonly choices = new Map<number, Map<string, ChoiceLane>>();
  /** Data of the last chunk; events that send what was held back look like it. */
  private lastChunk = '{}';

  constructor(private readonly grants: TokenGrants) {}

  restore(event: SseEvent): Uint8Array[] {
    if (event.data === '[DONE]') return [...this.flush(), event.raw];
    const root = parseEventData(event);
    if (event.data === undefined || root?.type !== 'object') return [event.raw];
    if (memberOf(root, 'choices') === undefined) {
      return [...this.flush(), withEditedData(event, restoreEdits(event.data, root, OPENAI_REPLY, this.grants))];
    }
    this.lastChunk = event.data;
    const text = event.data;
    const before: Uint8Array[] = [];
    const edits = itemsOf(memberOf(root, 'choices')).flatMap((choice) => this.choice(text, choice, before));
    return [...before, withEditedData(event, edits)];
  }

  flush(): Uint8Array[] {
    return Array.from(this.choices.keys()).flatMap((index) => this.flushChoice(index));
  }

  /** @param before takes the events that must be sent before this one */
  private choice(text: string, choice: JsonNode, before: Uint8Array[]): TextEdit[] {
    const index = numberOf(text, memberOf(choice, 'index'), 0);
    const lanes = this.choices.get(index) ?? new Map<string, ChoiceLane>();
    this.choices.set(index, lanes);
    const parts = partsOf(text, memberOf(choice, 'delta'));
    const finished = memberOf(choice, 'finish_reason')?.type === 'string';
    // Clients take the start of a tool call as the end of what went before it.
    if (parts.some((part) => part.isToolCall && !lanes.has(part.key))) before.push(...this.flushChoice(index));
    const edits = parts.flatMap((part) => laneEdit(text, part.node, this.laneOf(lanes, part), finished));
    if (finished) before.push(...this.flushChoice(index));
    return edits;
  }

  private laneOf(lanes: Map<string, ChoiceLane>, part: DeltaPart): RestoreLane {
    const known = lanes.get(part.key);
    if (known !== undefined) return known.lane;
    const lane = new RestoreLane(this.grants, part.isJson ? new JsonEscaping() : PLAIN);
    lanes.set(part.key, { lane, deltaOf: part.deltaOf });
    return lane;
  }

  private flushChoice(index: number): Uint8Array[] {
    const lanes = Array.from(this.choices.get(index)?.values() ?? []);
    return lanes
      .filter(({ lane }) => lane.holds)
      .map(({ lane, deltaOf }) => encodeSseEvent(chunkLike(this.lastChunk, index, deltaOf(lane.flush()))));
  }
}

/** A chunk with the identity of another one and a delta of its own. */
function chunkLike(chunk: string, index: number, delta: object): string {
  const { usage, ...head } = JSON.parse(chunk) as Record<string, unknown>;
  const choices = [{ index, delta, finish_reason: null }];
  return JSON.stringify({ ...head, choices, ...(usage === undefined ? {} : { usage: null }) });
}
