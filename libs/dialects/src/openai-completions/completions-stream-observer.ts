import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import { chatError } from '../openai-chat/chat-reply';
import { chatUsage } from '../openai-chat/chat-usage';
import type { ReplyError, ReplySummary, TokenUsage } from '../reply/reply-summary';
import type { StreamObserver } from '../reply/stream-observer.port';
import type { SseEvent } from '../sse/sse-decoder';

const DONE = '[DONE]';

/** Puts a completion together from its chunks, whose choices hold `text`; `[DONE]` is the terminal event. */
export class CompletionsStreamObserver implements StreamObserver {
  private head: JsonObject | undefined;
  private usage: TokenUsage | undefined;
  private error: ReplyError | undefined;
  private readonly choices = new Map<number, JsonObject & { text: string }>();
  private truncated = false;

  observe(event: SseEvent): boolean {
    if (event.data === undefined) return false;
    if (event.data.trim() === DONE) return true;
    const chunk = parseJson(event.data);
    if (isObject(chunk)) this.add(chunk);
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
      response: head === undefined ? null : this.completion(head),
    };
  }

  private add(chunk: JsonObject): void {
    this.error ??= chatError(chunk);
    this.usage = chatUsage(chunk['usage']) ?? this.usage;
    if (this.error === undefined) this.head ??= chunk;
    if (!Array.isArray(chunk['choices'])) return;
    for (const item of chunk['choices']) {
      const part = objectOf(item);
      const index = numberOf(part['index']);
      const choice = this.choices.get(index) ?? { index, text: '' };
      this.choices.set(index, choice);
      if (part['finish_reason'] != null) choice['finish_reason'] = part['finish_reason'];
      if (!this.truncated) choice.text += textOf(part['text']) ?? '';
    }
  }

  private completion({ choices: _choices, usage: _usage, ...head }: JsonObject): JsonObject {
    const choices = [...this.choices.values()].map((choice) => ({ finish_reason: null, ...choice }));
    return {
      ...head,
      choices,
      ...(this.usage && { usage: this.usage.raw }),
      ...(this.truncated && { truncated: true }),
    };
  }
}
