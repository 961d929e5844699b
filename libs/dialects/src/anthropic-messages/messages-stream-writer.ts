import { anthropicStreamError } from '../errors/upstream-error-body';
import { OneBlockAtATime } from '../reply/one-block-at-a-time';
import type { ReplyContext, ReplyStreamWriter } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { safeToolCallId } from '../reply/tool-call-id';
import { messageId } from './message-id';
import { writeStop } from './messages-stop-reason';
import { estimatedMessagesUsage, writeMessagesUsage } from './messages-usage';

type BlockKind = 'text' | 'thinking' | 'tool_use';

const TEXT = '{"type":"text","text":""}';
/** Clients take `signature` for a text, even where there will be none. */
const THINKING = '{"type":"thinking","thinking":"","signature":""}';

/**
 * Writes one streamed message: blocks in the order of their indexes, one open at a time.
 * Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class MessagesStreamWriter implements ReplyStreamWriter {
  private readonly order = new OneBlockAtATime();
  private open: BlockKind | undefined;
  /** Of the open block, or of the next one when none is open. */
  private index = 0;
  private usage: TokenUsage | undefined;
  private refusal = '';

  constructor(private readonly context: ReplyContext) {}

  write(event: ReplyEvent): string {
    let text = '';
    for (const ordered of this.order.push(event)) text += this.writeOrdered(ordered);
    return text;
  }

  private writeOrdered(event: ReplyEvent): string {
    switch (event.type) {
      case 'start':
        return this.start(event.id);
      case 'text':
        return this.enter('text', TEXT) + this.delta('text_delta', 'text', event.delta);
      case 'refusal':
        this.refusal += event.delta;
        return this.enter('text', TEXT) + this.delta('text_delta', 'text', event.delta);
      case 'reasoning':
        return this.enter('thinking', THINKING) + this.delta('thinking_delta', 'thinking', event.delta);
      case 'reasoning-signature': {
        const entered = this.enter('thinking', THINKING);
        return entered + this.delta('signature_delta', 'signature', event.signature) + this.close();
      }
      case 'redacted-reasoning':
        return this.redacted(event.data);
      case 'tool-start':
        return this.startCall(event.id, event.name);
      case 'tool-arguments':
        return event.delta === '' ? '' : this.delta('input_json_delta', 'partial_json', event.delta);
      case 'tool-end':
        return this.close();
      case 'usage':
        this.usage = event.usage;
        return '';
      case 'stop':
        return this.close() + this.stop(event);
      case 'error':
        return frame('error', JSON.stringify(anthropicStreamError(event.error)));
      case 'end':
        return frame('message_stop', '{"type":"message_stop"}');
    }
  }

  private start(id: string): string {
    const { context } = this;
    const message = {
      id: messageId(id, context),
      type: 'message',
      role: 'assistant',
      model: context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: estimatedMessagesUsage(context.estimatedInputTokens),
    };
    return frame('message_start', JSON.stringify({ type: 'message_start', message }));
  }

  /** Makes sure that a block of this kind is open. */
  private enter(kind: 'text' | 'thinking', first: string): string {
    return this.open === kind ? '' : this.close() + this.begin(kind, first);
  }

  /** @param first the block as it begins, as JSON text */
  private begin(kind: BlockKind, first: string): string {
    this.open = kind;
    return frame(
      'content_block_start',
      `{"type":"content_block_start","index":${this.index},"content_block":${first}}`,
    );
  }

  private delta(type: string, field: string, value: string): string {
    return frame(
      'content_block_delta',
      `{"type":"content_block_delta","index":${this.index},"delta":{"type":"${type}","${field}":${JSON.stringify(value)}}}`,
    );
  }

  private close(): string {
    if (this.open === undefined) return '';
    this.open = undefined;
    const index = this.index;
    this.index += 1;
    return frame('content_block_stop', `{"type":"content_block_stop","index":${index}}`);
  }

  private startCall(upstreamId: string, name: string): string {
    const id = upstreamId === '' ? `toolu_${this.context.newId()}` : safeToolCallId(upstreamId);
    const first = JSON.stringify({ type: 'tool_use', id, name, input: {} });
    return this.close() + this.begin('tool_use', first);
  }

  /** A block without deltas. */
  private redacted(data: string): string {
    const first = JSON.stringify({ type: 'redacted_thinking', data });
    return this.close() + this.begin('thinking', first) + this.close();
  }

  /** All counters are repeated here: clients keep those of the start for ever otherwise, and they were a guess. */
  private stop({ reason, sequence }: ReplyEvent & { type: 'stop' }): string {
    const { context, usage } = this;
    const data = {
      type: 'message_delta',
      delta: writeStop(reason, sequence, this.refusal, context.filteredStopReason),
      usage: usage === undefined ? estimatedMessagesUsage(context.estimatedInputTokens) : writeMessagesUsage(usage),
    };
    return frame('message_delta', JSON.stringify(data));
  }
}

function frame(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}
