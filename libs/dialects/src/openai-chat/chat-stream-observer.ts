import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary, TokenUsage } from '../reply/reply-summary';
import type { StreamObserver } from '../reply/stream-observer.port';
import type { SseEvent } from '../sse/sse-decoder';
import { chatError, replyError } from './chat-reply';
import { DONE } from './chat-stream-event';
import { chunkUsage } from './chat-usage';

/** Puts a chat completion together from its chunks; `[DONE]` is its terminal event. */
export class ChatStreamObserver implements StreamObserver {
  private head: JsonObject | undefined;
  private usage: TokenUsage | undefined;
  private error: ReplyError | undefined;
  private readonly choices = new Map<number, JsonObject>();
  private truncated = false;

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
      response: head === undefined ? null : this.completion(head),
    };
  }

  private add(chunk: JsonObject): void {
    this.error ??= chatError(chunk);
    this.usage = chunkUsage(chunk) ?? this.usage;
    if (this.error === undefined) this.head ??= chunk;
    if (!Array.isArray(chunk['choices'])) return;
    for (const item of chunk['choices']) {
      const part = objectOf(item);
      const index = numberOf(part['index']);
      const choice = this.choices.get(index) ?? { index, message: { role: 'assistant', content: null } };
      this.choices.set(index, choice);
      if (part['finish_reason'] != null) choice['finish_reason'] = part['finish_reason'];
      if (!this.truncated) mergeDelta(choice['message'] as JsonObject, objectOf(part['delta']));
    }
  }

  private completion({ object: _object, choices: _choices, usage: _usage, ...head }: JsonObject): JsonObject {
    const choices = [...this.choices.values()].map((choice) => ({ finish_reason: null, ...choice }));
    return {
      ...head,
      object: 'chat.completion',
      choices,
      ...(this.usage && { usage: this.usage.raw }),
      ...(this.truncated && { truncated: true }),
    };
  }
}

/** Text grows, tool calls grow by their index, anything else is taken as it comes. */
function mergeDelta(message: JsonObject, delta: JsonObject): void {
  for (const [key, value] of Object.entries(delta)) {
    if (key === 'tool_calls' && Array.isArray(value)) mergeToolCalls(message, value);
    else if (typeof value === 'string' && key !== 'role') message[key] = (textOf(message[key]) ?? '') + value;
    else if (value != null) message[key] = value;
  }
}

function mergeToolCalls(message: JsonObject, deltas: readonly unknown[]): void {
  const calls = (message['tool_calls'] ??= []) as JsonObject[];
  for (const item of deltas) {
    const { index, function: fn, ...rest } = objectOf(item);
    const call = (calls[placeOf(calls, index, rest['id'])] ??= {});
    Object.assign(call, told(rest));
    if (!isObject(fn)) continue;
    const known = objectOf(call['function']);
    const text = (textOf(known['arguments']) ?? '') + (textOf(fn['arguments']) ?? '');
    call['function'] = { ...known, ...told(fn), arguments: text };
  }
}

/** Where the index is missing, the id tells calls apart; without both, a delta belongs to the call before it. */
function placeOf(calls: readonly JsonObject[], index: unknown, id: unknown): number {
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= calls.length) return index;
  if (!id) return Math.max(0, calls.length - 1);
  const known = calls.findIndex((call) => call['id'] === id);
  return known === -1 ? calls.length : known;
}

/** Later deltas may repeat members without a value. */
function told(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ''));
}
