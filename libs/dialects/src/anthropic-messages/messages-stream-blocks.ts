import { isObject, numberOf, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReplyEvent } from '../reply/reply-event';

/** A block that has begun and not ended. */
interface OpenBlock {
  readonly kind: 'text' | 'thinking' | 'tool_use';
  /** Number of the tool call. */
  readonly call: number;
  /** Arguments that came with the start of a tool call; they count when no piece of them follows. */
  input: string;
  signature: string;
}

/** The content blocks of one streamed message. Blocks of other kinds are passed over, with all that belongs to them. */
export class MessagesStreamBlocks {
  private readonly open = new Map<number, OpenBlock>();
  private calls = 0;

  get hasCalls(): boolean {
    return this.calls > 0;
  }

  /** @param data of a `content_block_…` event */
  read(data: JsonObject): ReplyEvent[] {
    const index = numberOf(data['index']);
    if (data['type'] === 'content_block_start') return this.start(index, objectOf(data['content_block']));
    const block = this.open.get(index);
    if (block === undefined) return [];
    if (data['type'] === 'content_block_delta') return readDelta(block, objectOf(data['delta']));
    this.open.delete(index);
    return endOf(block);
  }

  /** Ends what the upstream left open. */
  end(): ReplyEvent[] {
    const left = [...this.open.values()];
    this.open.clear();
    return left.flatMap(endOf);
  }

  private start(index: number, start: JsonObject): ReplyEvent[] {
    // A block that never ended makes room for the next one of its index.
    const left = this.open.get(index);
    this.open.delete(index);
    return [...(left === undefined ? [] : endOf(left)), ...this.begin(index, start)];
  }

  private begin(index: number, start: JsonObject): ReplyEvent[] {
    const text = (key: string): string => textOf(start[key]) ?? '';
    switch (start['type']) {
      case 'text':
        this.open.set(index, { kind: 'text', call: 0, input: '', signature: '' });
        return piece('text', text('text'));
      case 'thinking':
        this.open.set(index, { kind: 'thinking', call: 0, input: '', signature: text('signature') });
        return piece('reasoning', text('thinking'));
      case 'redacted_thinking':
        return [{ type: 'redacted-reasoning', data: text('data') }];
      case 'tool_use': {
        const call = this.calls;
        this.calls += 1;
        this.open.set(index, { kind: 'tool_use', call, input: inputText(start['input']), signature: '' });
        return [{ type: 'tool-start', call, id: text('id'), name: text('name') }];
      }
      default:
        return [];
    }
  }
}

/** A delta that does not fit its block says nothing. */
function readDelta(block: OpenBlock, delta: JsonObject): ReplyEvent[] {
  const text = (key: string): string => textOf(delta[key]) ?? '';
  switch (`${block.kind}: ${String(delta['type'])}`) {
    case 'text: text_delta':
      return piece('text', text('text'));
    case 'thinking: thinking_delta':
      return piece('reasoning', text('thinking'));
    case 'thinking: signature_delta':
      block.signature += text('signature');
      return [];
    case 'tool_use: input_json_delta':
      return toolArguments(block, text('partial_json'));
    default:
      return [];
  }
}

function toolArguments(block: OpenBlock, delta: string): ReplyEvent[] {
  if (delta === '') return [];
  block.input = '';
  return [{ type: 'tool-arguments', call: block.call, delta }];
}

function endOf(block: OpenBlock): ReplyEvent[] {
  const { kind, call, input, signature } = block;
  if (kind === 'tool_use') return [...toolArguments(block, input), { type: 'tool-end', call }];
  return signature === '' ? [] : [{ type: 'reasoning-signature', signature }];
}

function piece(type: 'text' | 'reasoning', delta: string): ReplyEvent[] {
  return delta === '' ? [] : [{ type, delta }];
}

function inputText(input: unknown): string {
  return isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : '';
}
