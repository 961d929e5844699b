import { memberOf, stringOf, type JsonNode, type SseEvent, type TextEdit } from '@sallyport/dialects';
import { itemsOf, numberOf } from '../json/json-fields';
import type { Position, PositionTable } from '../positions/position-table';
import { RESPONSES_REPLY } from '../positions/responses-reply.positions';
import { parseEventData, withEditedData } from './event-data';
import type { EventRestorer } from './event-restorer.port';
import { laneEdit } from './lane-edit';
import type { LaneForm, ReplySession } from './reply-session';
import { itemKeyOf, laneEventOf, WHOLE_TEXT_TABLE, type ResponsesLaneEvent } from './responses-lanes';
import { ResponsesOpenItem, type HeldDelta, type ReadEvent } from './responses-open-item';
import { restorePositions, restoreReply } from './restore-body';
import { itemLogProbabilities, withoutLogProbabilities } from './token-log-probabilities';

const tableAt = (root: Position): PositionTable => ({ ...RESPONSES_REPLY, root });
const ITEM_TABLE = tableAt('@item');
const PART_TABLE = tableAt('@part');
const ANNOTATION_TABLE = tableAt('@annotation');

const TERMINAL: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);
const REPEATED: LaneForm = { isRepeated: true };

/**
 * Restores a stream of `POST /v1/responses`: one lane for each text of each output item. What says a text once more,
 * at its end, at the end of its item or of the response, is restored as a whole and comes out the same. Text that a
 * lane still holds at its end is sent as one more delta before the event that ends it, and all events from there on
 * get the number that follows.
 */
export class ResponsesEventRestorer implements EventRestorer {
  nextSequenceNumber = 0;
  isComplete = false;
  private readonly items = new Map<string, ResponsesOpenItem>();
  /** Items of which an event told the whole. */
  private readonly told = new Set<string>();
  /** How many events were added. */
  private added = 0;

  constructor(private readonly session: ReplySession) {}

  restore(event: SseEvent): Uint8Array[] {
    const root = parseEventData(event);
    const { data: text } = event;
    if (text === undefined || root?.type !== 'object') return [event.raw];
    const read = { event, text, root };
    const before: Uint8Array[] = [];
    const edits = this.edits(stringOf(text, memberOf(root, 'type')) ?? event.event ?? '', read, before);
    return [...before, this.numbered(read, edits)];
  }

  flush(): Uint8Array[] {
    return this.closeItems(false);
  }

  /** @param before takes the events that must be sent before this one */
  private edits(type: string, read: ReadEvent, before: Uint8Array[]): TextEdit[] {
    const { text, root } = read;
    const lane = laneEventOf(text, type, root);
    if (lane !== undefined) return this.laneEvent(lane, read, before);
    const response = memberOf(root, 'response');
    if (response !== undefined) return this.response(text, response, TERMINAL.has(type), before);
    const item = memberOf(root, 'item');
    if (item !== undefined) return this.item(type, read, item, before);
    const part = memberOf(root, 'part');
    if (part !== undefined) return this.part(type, read, part, before);
    if (type === 'error') {
      this.isComplete = true;
      before.push(...this.closeItems(false));
      return restoreReply(text, root, RESPONSES_REPLY, this.session);
    }
    const annotation = memberOf(root, 'annotation');
    if (annotation === undefined) return [];
    return restorePositions(text, annotation, ANNOTATION_TABLE, this.session, () => REPEATED);
  }

  private laneEvent(lane: ResponsesLaneEvent, read: ReadEvent, before: Uint8Array[]): TextEdit[] {
    const { text, root } = read;
    const item = this.itemOf(itemKeyOf(text, root));
    if (item.isHosted && lane.form.isCall) return [];
    const edits = this.session.isMasked ? withoutLogProbabilities(memberOf(root, 'logprobs'), '[]') : [];
    if (lane.phase === 'delta') {
      return [...edits, ...laneEdit(text, memberOf(root, 'delta'), item.laneOf(lane, read))];
    }
    if (lane.phase === 'done') before.push(...item.flush(lane.key).map((held) => this.deltaOf(held)));
    const form = { isRepeated: true, tool: lane.form.isCall ? item.tool : undefined };
    return [...edits, ...restorePositions(text, root, WHOLE_TEXT_TABLE, this.session, () => form)];
  }

  private response(text: string, response: JsonNode, isTerminal: boolean, before: Uint8Array[]): TextEdit[] {
    this.session.meetResponse(text, response);
    if (!isTerminal) return restoreReply(text, response, RESPONSES_REPLY, this.session, true);
    this.isComplete = true;
    before.push(...this.closeItems(true));
    const output = itemsOf(memberOf(response, 'output'));
    const news = output.filter((_item, index) => !this.told.has(String(index)));
    const isNew = (node: JsonNode): boolean => news.some(({ start, end }) => start <= node.start && node.end <= end);
    const edits = restorePositions(text, response, RESPONSES_REPLY, this.session, (node) =>
      isNew(node) ? {} : REPEATED,
    );
    return this.session.isMasked ? [...edits, ...output.flatMap(itemLogProbabilities)] : edits;
  }

  private item(type: string, { text, root }: ReadEvent, item: JsonNode, before: Uint8Array[]): TextEdit[] {
    const key = itemKeyOf(text, root);
    const isDone = type === 'response.output_item.done';
    if (isDone) {
      before.push(...this.closeItem(key, true));
      this.told.add(key);
    } else this.itemOf(key).begin(text, item);
    const edits = restorePositions(text, item, ITEM_TABLE, this.session, () => (isDone ? {} : REPEATED));
    return this.session.isMasked ? [...edits, ...itemLogProbabilities(item)] : edits;
  }

  private part(type: string, { text, root }: ReadEvent, part: JsonNode, before: Uint8Array[]): TextEdit[] {
    if (type.endsWith('.done')) {
      before.push(
        ...this.itemOf(itemKeyOf(text, root))
          .flush()
          .map((held) => this.deltaOf(held)),
      );
    }
    const edits = restorePositions(text, part, PART_TABLE, this.session, () => REPEATED);
    return this.session.isMasked ? [...edits, ...withoutLogProbabilities(memberOf(part, 'logprobs'), '[]')] : edits;
  }

  private itemOf(key: string): ResponsesOpenItem {
    const item = this.items.get(key) ?? new ResponsesOpenItem(this.session);
    this.items.set(key, item);
    return item;
  }

  private closeItems(isTold: boolean): Uint8Array[] {
    return Array.from(this.items.keys()).flatMap((key) => this.closeItem(key, isTold));
  }

  private closeItem(key: string, isTold: boolean): Uint8Array[] {
    const item = this.items.get(key);
    const events = item?.flush().map((held) => this.deltaOf(held)) ?? [];
    item?.close(isTold);
    this.items.delete(key);
    return events;
  }

  /** One more delta of a lane. */
  private deltaOf({ last: { event, root }, rest }: HeldDelta): Uint8Array {
    const edits: TextEdit[] = this.session.isMasked ? withoutLogProbabilities(memberOf(root, 'logprobs'), '[]') : [];
    const replace = (name: string, replacement: string): void => {
      const node = memberOf(root, name);
      if (node !== undefined) edits.push({ start: node.start, end: node.end, replacement });
    };
    replace('delta', JSON.stringify(rest));
    replace('sequence_number', String(this.nextSequenceNumber));
    this.nextSequenceNumber += 1;
    this.added += 1;
    return withEditedData(event, edits);
  }

  private numbered({ event, text, root }: ReadEvent, edits: readonly TextEdit[]): Uint8Array {
    const node = memberOf(root, 'sequence_number');
    if (node?.type !== 'scalar') return withEditedData(event, edits);
    const number = numberOf(text, node, 0) + this.added;
    this.nextSequenceNumber = number + 1;
    if (this.added === 0) return withEditedData(event, edits);
    return withEditedData(event, [...edits, { start: node.start, end: node.end, replacement: String(number) }]);
  }
}
