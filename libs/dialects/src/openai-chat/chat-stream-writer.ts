import { openAiUpstreamError } from '../errors/upstream-error-body';
import { objectOf } from '../json/json-value';
import type { StopReason } from '../reply/assistant-reply';
import type { ReplyContext, ReplyStreamWriter } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { writeFinishReason } from './chat-stop-reason';
import { DONE } from './chat-stream-event';
import { chatReplyId, thinkingBlock, writeChatUsage } from './write-chat-reply';

/**
 * Writes one streamed chat completion. The parts of a chunk that never change are put into words once; what varies is
 * placed between them as JSON text.
 */
export class ChatStreamWriter implements ReplyStreamWriter {
  /** Everything of a chunk up to its `choices`. */
  private head = '';
  /** The end of a chunk behind its `choices`. */
  private readonly tail: string;
  private readonly tellsUsage: boolean;
  private usage: TokenUsage | undefined;
  /** Reasoning since the last proof, and the blocks that have one: they go out together, at the end. */
  private thought = '';
  private readonly thinkingBlocks: object[] = [];
  private readonly callsWithArguments = new Set<number>();

  constructor(private readonly context: ReplyContext) {
    this.tellsUsage = objectOf(context.request['stream_options'])['include_usage'] === true;
    this.tail = this.tellsUsage ? ',"usage":null}\n\n' : '}\n\n';
  }

  write(event: ReplyEvent): string {
    switch (event.type) {
      case 'start':
        return this.start(event.id, event.created);
      case 'text':
        return this.chunk(`{"content":${JSON.stringify(event.delta)}}`);
      case 'refusal':
        return this.chunk(`{"refusal":${JSON.stringify(event.delta)}}`);
      case 'reasoning':
        this.thought += event.delta;
        return this.chunk(`{"reasoning_content":${JSON.stringify(event.delta)}}`);
      case 'reasoning-signature':
        return this.keepBlock({ text: this.thought, signature: event.signature });
      case 'redacted-reasoning':
        return this.keepBlock({ text: '', redacted: event.data });
      case 'tool-start':
        return this.startCall(event.call, event.id, event.name);
      case 'tool-arguments':
        return this.callArguments(event.call, event.delta);
      case 'tool-end':
        return this.callsWithArguments.has(event.call) ? '' : this.callArguments(event.call, '{}');
      case 'usage':
        this.usage = event.usage;
        return '';
      case 'stop':
        return this.stop(event.reason);
      case 'error':
        return `data: ${JSON.stringify(openAiUpstreamError(event.error))}\n\n`;
      case 'end':
        return `${this.usageChunk()}data: ${DONE}\n\n`;
    }
  }

  private start(upstreamId: string, created: number | undefined): string {
    const { context } = this;
    const id = JSON.stringify(chatReplyId(upstreamId, context));
    const model = JSON.stringify(context.model);
    this.head =
      `data: {"id":${id},"object":"chat.completion.chunk","created":${created ?? context.now()},"model":${model},` +
      '"system_fingerprint":null,"choices":[';
    // An empty `content` here would make clients put together an empty text where there is none.
    return this.chunk('{"role":"assistant"}');
  }

  /** @param delta as JSON text */
  private chunk(delta: string, finishReason = 'null'): string {
    return `${this.head}{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${finishReason}}]${this.tail}`;
  }

  private startCall(call: number, id: string, name: string): string {
    const callId = JSON.stringify(id || `call_${this.context.newId()}`);
    const fn = `{"name":${JSON.stringify(name)},"arguments":""}`;
    return this.chunk(`{"tool_calls":[{"index":${call},"id":${callId},"type":"function","function":${fn}}]}`);
  }

  private callArguments(call: number, delta: string): string {
    if (delta === '') return '';
    this.callsWithArguments.add(call);
    return this.chunk(`{"tool_calls":[{"index":${call},"function":{"arguments":${JSON.stringify(delta)}}}]}`);
  }

  private keepBlock(reasoning: { text: string; signature?: string; redacted?: string }): string {
    const block = thinkingBlock({ type: 'reasoning', ...reasoning });
    if (block !== undefined) this.thinkingBlocks.push(block);
    this.thought = '';
    return '';
  }

  private stop(reason: StopReason): string {
    const blocks = this.thinkingBlocks;
    const delta = blocks.length === 0 ? '{}' : JSON.stringify({ thinking_blocks: blocks });
    return this.chunk(delta, `"${writeFinishReason(reason)}"`);
  }

  private usageChunk(): string {
    if (!this.tellsUsage || this.usage === undefined) return '';
    return `${this.head}],"usage":${JSON.stringify(writeChatUsage(this.usage))}}\n\n`;
  }
}
