import { MessageBlockGrammar } from './message-block-grammar';
import type { SseFrame } from './sse-frames';
import { isCount, isFilled, isJson, isText, jsonOf, StreamGrammar, type Json } from './stream-grammar';

const STOP_REASONS: ReadonlySet<unknown> = new Set([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
]);
/** Reasons with which the input of a tool may break off. */
const CUT_SHORT: ReadonlySet<unknown> = new Set(['max_tokens', 'model_context_window_exceeded', 'refusal']);

/**
 * The stream of a message: its start, one block after the other, how it stopped, its stop.
 * Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class MessagesGrammar extends StreamGrammar {
  private started = false;
  private stopped = false;
  private open: MessageBlockGrammar | undefined;
  private readonly blocks: MessageBlockGrammar[] = [];

  protected frame(frame: SseFrame): void {
    const data = this.typedData(frame);
    if (data === undefined || data.type === 'ping') return;
    if (data.type === 'error') return this.error(jsonOf(data['error']));
    this.expect(
      this.started === (data.type !== 'message_start'),
      this.started ? 'starts again' : 'comes before the start',
    );
    this.expect(!this.stopped || data.type === 'message_stop', 'comes behind message_delta');
    switch (data.type) {
      case 'message_start':
        return this.start(jsonOf(data['message']));
      case 'content_block_start':
        return this.startBlock(data);
      case 'content_block_delta':
        this.expect(data['index'] === this.openIndex(), 'belongs to a block that is not open');
        return this.open?.delta(jsonOf(data['delta']));
      case 'content_block_stop':
        this.expect(data['index'] === this.openIndex(), 'stops a block that is not open');
        return this.stopBlock();
      case 'message_delta':
        return this.stop(jsonOf(data['delta']), data['usage']);
      case 'message_stop':
        this.expect(this.stopped, 'stops the message before message_delta');
        this.ended = 'message_stop';
        return;
      default:
        this.problem(`is an unknown ${data.type}`);
    }
  }

  private error(error: Json): void {
    this.ended = 'the error';
    this.expect(isFilled(error['type']) && isText(error['message']), 'is an error without type or message');
  }

  private start(message: Json): void {
    this.started = true;
    const { id, type, role, model, content, usage } = message;
    this.expect(isFilled(id) && type === 'message' && role === 'assistant' && isText(model), 'starts no message');
    this.expect(Array.isArray(content) && content.length === 0, 'starts a message with content');
    this.expect(message['stop_reason'] === null, 'starts a message that has stopped');
    const counts = [jsonOf(usage)['input_tokens'], jsonOf(usage)['output_tokens']];
    this.expect(counts.every(isCount), 'starts a message without usage');
  }

  private startBlock(data: Json): void {
    this.expect(this.open === undefined, 'starts a block while another is open');
    this.expect(data['index'] === this.blocks.length, 'starts a block out of order');
    const block = jsonOf(data['content_block']);
    const repeats = block['id'] !== undefined && this.blocks.some(({ id }) => id === block['id']);
    this.expect(!repeats, 'repeats the id of another block');
    this.open = new MessageBlockGrammar(block, this.expect);
    this.blocks.push(this.open);
  }

  private stopBlock(): void {
    this.open?.stop();
    this.open = undefined;
  }

  private stop(delta: Json, usage: unknown): void {
    this.stopped = true;
    this.expect(this.open === undefined, 'comes while a block is open');
    const { stop_reason: reason } = delta;
    this.expect(STOP_REASONS.has(reason), `has the unknown stop_reason ${JSON.stringify(reason)}`);
    const callsTool = this.blocks.some(({ type }) => type === 'tool_use');
    this.expect(reason !== 'tool_use' || callsTool, 'stops for tool_use but no tool is used');
    this.expect(isJson(usage) && isCount(usage['output_tokens']), 'has no usage');
    if (CUT_SHORT.has(reason)) return;
    for (const block of this.blocks)
      this.expect(block.hasInput, 'stops although the input of a tool is no JSON object');
  }

  private openIndex(): number | undefined {
    return this.open === undefined ? undefined : this.blocks.length - 1;
  }
}
