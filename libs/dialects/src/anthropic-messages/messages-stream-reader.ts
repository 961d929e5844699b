import { NOT_JSON } from '../errors/broken-stream';
import { readStreamError } from '../errors/read-upstream-error';
import { isObject, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyStreamReader } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { SseEvent } from '../sse/sse-decoder';
import { messagesUsage } from './messages-reply';
import { readStopReason } from './messages-stop-reason';
import { MessagesStreamBlocks } from './messages-stream-blocks';
import { mergeMessagesUsage } from './messages-usage';

/**
 * Reads one streamed message. Its end is told only on `message_stop`: a stream that was cut off behind its
 * `message_delta` may not look complete. Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class MessagesStreamReader implements ReplyStreamReader {
  private readonly blocks = new MessagesStreamBlocks();
  private started = false;
  private ended = false;
  private usage: JsonObject = {};
  /** The members of all `message_delta` events so far. */
  private stop: JsonObject = {};

  read(event: SseEvent): ReplyEvent[] {
    if (this.ended || event.data === undefined) return [];
    const data = parseJson(event.data);
    if (event.event === 'error' || objectOf(data)['type'] === 'error') return this.fail(data ?? event.data);
    if (data === undefined && event.data.trim() !== '') return this.fail({ message: NOT_JSON });
    return isObject(data) ? this.readData(data) : [];
  }

  /** Nothing but `message_stop` makes a message complete. */
  finish(): ReplyEvent[] {
    return [];
  }

  private readData(data: JsonObject): ReplyEvent[] {
    switch (data['type']) {
      case 'message_start': {
        const message = objectOf(data['message']);
        return [...this.start(message), ...this.count(message['usage'])];
      }
      case 'content_block_start':
      case 'content_block_delta':
      case 'content_block_stop':
        return this.withStart(this.blocks.read(data));
      case 'message_delta':
        this.stop = { ...this.stop, ...objectOf(data['delta']) };
        return this.withStart(this.count(data['usage']));
      case 'message_stop':
        return this.end();
      default:
        return [];
    }
  }

  /** Sent twice by some; the first one counts. */
  private start(message: JsonObject): ReplyEvent[] {
    if (this.started) return [];
    this.started = true;
    return [{ type: 'start', id: textOf(message['id']) ?? '', created: undefined }];
  }

  private withStart(events: ReplyEvent[]): ReplyEvent[] {
    return this.started || events.length === 0 ? events : [...this.start({}), ...events];
  }

  private count(usage: unknown): ReplyEvent[] {
    if (!isObject(usage)) return [];
    this.usage = mergeMessagesUsage(this.usage, usage);
    const counted = messagesUsage(this.usage);
    return counted === undefined ? [] : [{ type: 'usage', usage: counted }];
  }

  private end(): ReplyEvent[] {
    this.ended = true;
    const blocks = this.blocks.end();
    const reason = readStopReason(this.stop['stop_reason'], this.blocks.hasCalls);
    const explanation = textOf(objectOf(this.stop['stop_details'])['explanation']);
    const refusal: ReplyEvent[] = reason === 'refusal' && explanation ? [{ type: 'refusal', delta: explanation }] : [];
    const sequence = textOf(this.stop['stop_sequence']);
    return [...this.start({}), ...blocks, ...refusal, { type: 'stop', reason, sequence }, { type: 'end' }];
  }

  private fail(error: unknown): ReplyEvent[] {
    this.ended = true;
    return [{ type: 'error', error: readStreamError(error) }];
  }
}
