import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary, TokenUsage } from '../reply/reply-summary';
import type { StreamObserver } from '../reply/stream-observer.port';
import type { SseEvent } from '../sse/sse-decoder';
import { chatError, replyError } from './chat-reply';
import { DONE } from './chat-stream-event';
import { chunkUsage } from './chat-usage';

/**
 * Puts a reply together from chunks with choices, as chats and completions stream them; `[DONE]` is the terminal event.
 */
export abstract class ChunkStreamObserver implements StreamObserver {
  private head: JsonObject | undefined;
  private usage: TokenUsage | undefined;
  private error: ReplyError | undefined;
  private readonly choices = new Map<number, JsonObject>();
  private truncated = false;

  /** @param object what the whole reply calls itself; undefined: as its chunks do */
  constructor(private readonly object?: string) {}

  observe(event: SseEvent): boolean {
    if (event.data === undefined) return false;
    if (event.data.trim() === DONE) return true;
    const chunk = parseJson(event.data);
    if (event.event === 'error') this.error ??= replyError(chunk ?? event.data);
    else if (isObject(chunk)) this.add(chunk);
    return false;
  }

  stopRecording(): void {
    this.truncated = true;
  }

  summary(): ReplySummary {
    const { head } = this;
    return {
      id: textOf(head?.['id']) ?? '',
      usage: this.usage,
      error: this.error,
      response: head === undefined ? null : this.whole(head),
    };
  }

  /** What a choice holds before anything is said. */
  protected abstract emptyChoice(): JsonObject;

  /** Adds to a choice what a chunk says of it. */
  protected abstract grow(choice: JsonObject, part: JsonObject): void;

  private add(chunk: JsonObject): void {
    this.error ??= chatError(chunk);
    this.usage = chunkUsage(chunk) ?? this.usage;
    if (this.error === undefined) this.head ??= chunk;
    if (!Array.isArray(chunk['choices'])) return;
    for (const item of chunk['choices']) {
      const part = objectOf(item);
      const index = numberOf(part['index']);
      const choice = this.choices.get(index) ?? { index, ...this.emptyChoice() };
      this.choices.set(index, choice);
      if (part['finish_reason'] != null) choice['finish_reason'] = part['finish_reason'];
      if (!this.truncated) this.grow(choice, part);
    }
  }

  private whole({ choices: _choices, usage: _usage, ...head }: JsonObject): JsonObject {
    const choices = [...this.choices.values()].map((choice) => ({ finish_reason: null, ...choice }));
    return {
      ...head,
      ...(this.object !== undefined && { object: this.object }),
      choices,
      ...(this.usage && { usage: this.usage.raw }),
      ...(this.truncated && { truncated: true }),
    };
  }
}
