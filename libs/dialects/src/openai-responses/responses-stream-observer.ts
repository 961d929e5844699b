import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary } from '../reply/reply-summary';
import type { StreamObserver } from '../reply/stream-observer.port';
import type { SseEvent } from '../sse/sse-decoder';
import { growItem } from './grow-item';
import { responsesStreamError } from './responses-stream-error';
import { responsesUsage } from './responses-usage';

const TERMINAL: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * Follows a response through its events. The terminal event carries the whole of it; of a stream that is cut off, what
 * came is put together.
 */
export class ResponsesStreamObserver implements StreamObserver {
  nextSequenceNumber = 0;
  private response: JsonObject | undefined;
  private error: ReplyError | undefined;
  private complete = false;
  private truncated = false;
  /** What came of the output, by its place. */
  private readonly items = new Map<number, JsonObject>();

  observe({ event, data }: SseEvent): boolean {
    if (data === undefined) return false;
    const parsed = parseJson(data);
    const body = objectOf(parsed);
    const type = textOf(body['type']) ?? event ?? '';
    this.nextSequenceNumber = Math.max(this.nextSequenceNumber, numberOf(body['sequence_number']) + 1);
    const failure = responsesStreamError(type, parsed ?? data);
    if (failure !== undefined) {
      this.error ??= { type: failure.type || failure.code || 'error', message: failure.message };
    }
    if (isObject(body['response'])) this.response = body['response'];
    else if (!this.truncated) this.addToItem(type, body);
    // The torn half of a terminal event bears its name too.
    if (!TERMINAL.has(type) || !isObject(parsed)) return false;
    this.complete = true;
    return true;
  }

  stopRecording(): void {
    this.truncated = true;
  }

  summary(): ReplySummary {
    return {
      id: textOf(this.response?.['id']) ?? '',
      usage: responsesUsage(this.response?.['usage']),
      error: this.error,
      response: this.record(),
    };
  }

  private addToItem(type: string, body: JsonObject): void {
    const index = numberOf(body['output_index']);
    if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      this.items.set(index, objectOf(body['item']));
      return;
    }
    const item = this.items.get(index);
    if (item !== undefined) growItem(item, type, body);
  }

  private record(): JsonObject | null {
    if (this.complete && !this.truncated) return this.response ?? null;
    if (this.response === undefined && this.items.size === 0) return null;
    const output = [...this.items].sort(([a], [b]) => a - b).map(([, item]) => item);
    return { ...this.response, output, ...(this.truncated && { truncated: true }) };
  }
}
