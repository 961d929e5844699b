import { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary } from '../reply/reply-summary';
import type { StreamObserver } from '../reply/stream-observer.port';
import type { SseEvent } from '../sse/sse-decoder';
import { messagesError, messagesUsage } from './messages-reply';
import { mergeMessagesUsage } from './messages-usage';

/** Puts a message together from its events; `message_stop` is its terminal event. */
export class MessagesStreamObserver implements StreamObserver {
  private message: JsonObject | undefined;
  private error: ReplyError | undefined;
  private readonly blocks = new Map<number, JsonObject>();
  private readonly toolInputs = new Map<number, string>();
  private truncated = false;

  observe(event: SseEvent): boolean {
    const data = event.data === undefined ? undefined : parseJson(event.data);
    if (!isObject(data)) return false;
    this.add(data);
    return data['type'] === 'message_stop';
  }

  stopRecording(): void {
    this.truncated = true;
  }

  summary(): ReplySummary {
    const { message } = this;
    return {
      id: textOf(message?.['id']) ?? '',
      usage: messagesUsage(message?.['usage']),
      error: this.error,
      response:
        message === undefined
          ? null
          : { ...message, content: this.content(), ...(this.truncated && { truncated: true }) },
    };
  }

  private add(data: JsonObject): void {
    const index = numberOf(data['index']);
    switch (data['type']) {
      case 'message_start':
        this.message ??= { ...objectOf(data['message']) };
        break;
      case 'content_block_start':
        if (!this.truncated) this.blocks.set(index, { ...objectOf(data['content_block']) });
        break;
      case 'content_block_delta':
        if (!this.truncated) this.addDelta(index, objectOf(data['delta']));
        break;
      case 'message_delta':
        this.finish(objectOf(data['delta']), objectOf(data['usage']));
        break;
      case 'error':
        this.error ??= messagesError(data);
        break;
    }
  }

  private addDelta(index: number, delta: JsonObject): void {
    const block = this.blocks.get(index);
    if (block === undefined) return;
    const grow = (key: string): void => {
      block[key] = (textOf(block[key]) ?? '') + (textOf(delta[key]) ?? '');
    };
    switch (delta['type']) {
      case 'text_delta':
        return grow('text');
      case 'thinking_delta':
        return grow('thinking');
      case 'signature_delta':
        return grow('signature');
      case 'input_json_delta':
        this.toolInputs.set(index, (this.toolInputs.get(index) ?? '') + (textOf(delta['partial_json']) ?? ''));
        return;
      case 'citations_delta':
        block['citations'] = [...((block['citations'] as unknown[] | null) ?? []), delta['citation']];
        return;
    }
  }

  /** Counts in `message_delta` are cumulative and replace those of `message_start`. */
  private finish(delta: JsonObject, usage: JsonObject): void {
    const message = (this.message ??= {});
    Object.assign(message, delta);
    message['usage'] = mergeMessagesUsage(objectOf(message['usage']), usage);
  }

  private content(): JsonObject[] {
    return [...this.blocks].map(([index, block]) => {
      const input = this.toolInputs.get(index);
      // Arguments that were cut off are kept as the text that arrived.
      return input ? { ...block, input: parseJson(input) ?? input } : block;
    });
  }
}
