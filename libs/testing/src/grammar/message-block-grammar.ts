import { isFilled, isJson, isObjectText, isText, type Expect, type Json } from './stream-grammar';

/** The fields that the start of a block has, and the deltas that it takes with the field of their text. */
const BLOCKS: Readonly<Record<string, { start: (block: Json) => boolean; deltas: Readonly<Record<string, string>> }>> =
  {
    text: { start: ({ text }) => text === '', deltas: { text_delta: 'text', citations_delta: '' } },
    thinking: {
      start: ({ thinking, signature }) => thinking === '' && isText(signature),
      deltas: { thinking_delta: 'thinking', signature_delta: 'signature' },
    },
    redacted_thinking: { start: ({ data }) => isFilled(data), deltas: {} },
    tool_use: {
      start: ({ id, name, input }) => isFilled(id) && isFilled(name) && isJson(input),
      deltas: { input_json_delta: 'partial_json' },
    },
  };

/** One content block of a message. Blocks of tools that run at the upstream are known by their outline only. */
export class MessageBlockGrammar {
  readonly type: unknown;
  readonly id: unknown;
  private text = '';
  private signed = false;

  constructor(
    block: Json,
    private readonly expect: Expect,
  ) {
    this.type = block['type'];
    this.id = block['id'];
    expect(isFilled(this.type), 'starts a block without a type');
    const known = this.known();
    expect(known === undefined || known.start(block), `starts a ${String(this.type)} block without what belongs to it`);
  }

  /** Whether the input of a tool is complete; true for other blocks. */
  get hasInput(): boolean {
    return this.type !== 'tool_use' || this.text === '' || isObjectText(this.text);
  }

  delta(delta: Json): void {
    const known = this.known();
    if (known === undefined) return;
    const type = String(delta['type']);
    const field = Object.hasOwn(known.deltas, type) ? known.deltas[type] : undefined;
    if (field === undefined) return this.expect(false, `puts a ${type} into a ${String(this.type)} block`);
    if (field === '') return;
    const text = delta[field];
    this.expect(isText(text), `is a ${type} without its text`);
    this.expect(!this.signed, 'comes behind the signature');
    this.signed = type === 'signature_delta';
    this.text += isText(text) ? text : '';
  }

  stop(): void {
    this.expect(this.type !== 'text' || this.text !== '', 'stops a text block without text');
  }

  private known(): (typeof BLOCKS)[string] | undefined {
    const type = String(this.type);
    return Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
  }
}
