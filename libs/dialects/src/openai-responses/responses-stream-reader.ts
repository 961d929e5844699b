import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyStreamReader } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { SseEvent } from '../sse/sse-decoder';
import { ItemReader, type ItemPart } from './responses-item-reader';
import { createdAt, partsOf, stopReasonOf } from './responses-reply-content';
import { responsesStreamError } from './responses-stream-error';
import { responsesUsage } from './responses-usage';

/** A part of an item, and the fields of an event that hold its index and its text. */
type Piece = readonly [part: ItemPart, index: string, text: string];

/** Events that carry a piece of an item. */
const DELTAS: ReadonlyMap<string, Piece> = new Map([
  ['response.output_text.delta', ['text', 'content_index', 'delta']],
  ['response.refusal.delta', ['refusal', 'content_index', 'delta']],
  ['response.reasoning_summary_text.delta', ['summary', 'summary_index', 'delta']],
  ['response.reasoning_text.delta', ['reasoning', 'content_index', 'delta']],
  ['response.function_call_arguments.delta', ['arguments', '', 'delta']],
]);

/** Events that repeat such a part whole. */
const WHOLES: ReadonlyMap<string, Piece> = new Map([
  ['response.output_text.done', ['text', 'content_index', 'text']],
  ['response.refusal.done', ['refusal', 'content_index', 'refusal']],
  ['response.reasoning_summary_text.done', ['summary', 'summary_index', 'text']],
  ['response.reasoning_text.done', ['reasoning', 'content_index', 'text']],
  ['response.function_call_arguments.done', ['arguments', '', 'arguments']],
]);

/**
 * Reads one stream of the Responses API.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamReader implements ReplyStreamReader {
  private started = false;
  /** What comes behind the last word is not read. */
  private ended = false;
  private calls = 0;
  /** By their place in the output. */
  private readonly items = new Map<number | string, ItemReader>();
  private readonly finishedIds = new Set<unknown>();

  read({ event, data }: SseEvent): ReplyEvent[] {
    if (this.ended || data === undefined) return [];
    const body = parseJson(data) ?? data;
    const type = textOf(objectOf(body)['type']) ?? event ?? '';
    const failure = responsesStreamError(type, body);
    if (failure === undefined) return isObject(body) ? this.readEvent(type, body) : [];
    this.ended = true;
    return [{ type: 'error', error: failure }];
  }

  /** Only a terminal event ends a response: one that just stops was cut off. */
  finish(): ReplyEvent[] {
    return [];
  }

  private readEvent(type: string, body: JsonObject): ReplyEvent[] {
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        return this.start(objectOf(body['response']));
      case 'response.completed':
        return this.complete(objectOf(body['response']));
      case 'response.incomplete':
        return this.complete({ status: 'incomplete', ...objectOf(body['response']) });
      default:
        return this.startBefore(this.readItemEvent(type, body));
    }
  }

  private readItemEvent(type: string, body: JsonObject): ReplyEvent[] {
    const piece = DELTAS.get(type) ?? WHOLES.get(type);
    if (piece !== undefined) {
      const [part, index, text] = piece;
      const item = this.item(body);
      const said = textOf(body[text]) ?? '';
      return DELTAS.has(type)
        ? item.delta(part, numberOf(body[index]), said)
        : item.whole(part, numberOf(body[index]), said);
    }
    switch (type) {
      case 'response.content_part.done':
        return this.item(body).wholeContent(objectOf(body['part']), numberOf(body['content_index']));
      case 'response.output_item.added':
        return this.item(body).begin(objectOf(body['item']));
      case 'response.output_item.done':
        return this.finishItem(this.item(body), objectOf(body['item']));
      default:
        return [];
    }
  }

  private complete(response: JsonObject): ReplyEvent[] {
    this.ended = true;
    const left = partsOf(response['output']).flatMap((item, index) => {
      if (this.finishedIds.has(item['id'])) return [];
      return this.finishItem(this.itemAt(index), item);
    });
    const abandoned = [...this.items.values()].flatMap((item) => item.abandon());
    const usage = responsesUsage(response['usage']);
    return [
      ...this.start(response),
      ...left,
      ...abandoned,
      ...(usage === undefined ? [] : [{ type: 'usage' as const, usage }]),
      { type: 'stop', reason: stopReasonOf(response, this.calls > 0) },
      { type: 'end' },
    ];
  }

  private start(response: JsonObject): ReplyEvent[] {
    if (this.started) return [];
    this.started = true;
    return [{ type: 'start', id: textOf(response['id']) ?? '', created: createdAt(response) }];
  }

  /** An upstream may leave out how a response begins. */
  private startBefore(events: ReplyEvent[]): ReplyEvent[] {
    return events.length === 0 ? events : [...this.start({}), ...events];
  }

  private item(body: JsonObject): ItemReader {
    const { output_index: index } = body;
    return this.itemAt(
      typeof index === 'number' ? index : (textOf(body['item_id']) ?? textOf(objectOf(body['item'])['id']) ?? 0),
    );
  }

  private itemAt(place: number | string): ItemReader {
    let item = this.items.get(place);
    if (item === undefined) this.items.set(place, (item = new ItemReader(() => this.calls++)));
    return item;
  }

  private finishItem(reader: ItemReader, item: JsonObject): ReplyEvent[] {
    if (typeof item['id'] === 'string') this.finishedIds.add(item['id']);
    return reader.finish(item);
  }
}
