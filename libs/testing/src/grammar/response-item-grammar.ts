import { isDeepStrictEqual } from 'node:util';
import { isFilled, isObjectText, isText, jsonOf, type Expect, type Json } from './stream-grammar';

type Typed = Json & { readonly type: string };

/** A part of an item that grows: its list and index in the item, its type, and the field of its text. */
interface PartKind {
  readonly list: 'content' | 'summary';
  readonly index: 'content_index' | 'summary_index';
  readonly field: 'text' | 'refusal';
  /** How the events of its text begin, and those of the part. */
  readonly text: string;
  readonly part: string;
}

const content = { list: 'content', index: 'content_index', part: 'response.content_part' } as const;
const PARTS: Readonly<Record<string, PartKind>> = {
  output_text: { ...content, field: 'text', text: 'response.output_text' },
  refusal: { ...content, field: 'refusal', text: 'response.refusal' },
  reasoning_text: { ...content, field: 'text', text: 'response.reasoning_text' },
  summary_text: {
    list: 'summary',
    index: 'summary_index',
    part: 'response.reasoning_summary_part',
    field: 'text',
    text: 'response.reasoning_summary_text',
  },
};

/** Stands anywhere in a part of text; the part names all of them at its end. */
const ANNOTATION = 'response.output_text.annotation.added';

/** What each kind of item may hold: the types of its parts, or the field that grows and how its events begin. */
const ITEMS: Readonly<Record<string, { parts: readonly string[]; field?: string; events?: string; prefix: string }>> = {
  message: { parts: ['output_text', 'refusal'], prefix: 'msg_' },
  reasoning: { parts: ['summary_text', 'reasoning_text'], prefix: 'rs_' },
  function_call: { parts: [], field: 'arguments', events: 'response.function_call_arguments', prefix: 'fc_' },
  custom_tool_call: { parts: [], field: 'input', events: 'response.custom_tool_call_input', prefix: 'ctc_' },
};

/** One output item. Items of tools that run at the upstream are known by their outline only. */
export class ResponseItemGrammar {
  /** The item as it was last told. */
  item: Json;
  private readonly kind: (typeof ITEMS)[string] | undefined;
  private readonly parts: Record<'content' | 'summary', Json[]> = { content: [], summary: [] };
  private open: { readonly type: string; readonly kind: PartKind; text: string; whole: boolean } | undefined;
  /** The field that grows, and whether it was repeated whole. */
  private text = '';
  private whole = false;

  constructor(
    item: Json,
    private readonly expect: Expect,
  ) {
    this.item = item;
    const type = String(item['type']);
    this.kind = Object.hasOwn(ITEMS, type) ? ITEMS[type] : undefined;
    expect(isFilled(item['type']) && isFilled(item['id']), 'adds an item without type or id');
    if (this.kind === undefined) return;
    const { field, prefix } = this.kind;
    expect(String(item['id']).startsWith(prefix), `adds a ${type} whose id does not begin with ${prefix}`);
    if (field === undefined) {
      const list = item[type === 'message' ? 'content' : 'summary'];
      expect(isDeepStrictEqual(list, []), 'adds an item that is not empty');
    } else {
      expect(isFilled(item['call_id']) && isFilled(item['name']), 'adds a call without call_id or name');
      expect(item[field] === '', 'adds an item that is not empty');
    }
    expect(type !== 'message' || item['role'] === 'assistant', 'adds a message of somebody else');
  }

  /** Whether the arguments of a function call are complete; true for other items. */
  get hasArguments(): boolean {
    return this.item['type'] !== 'function_call' || isObjectText(String(this.item['arguments']));
  }

  /** Any event between the item's first and last. */
  event(data: Typed): void {
    if (this.kind === undefined) return;
    this.expect(data['item_id'] === this.item['id'], 'has the item_id of another item');
    const { events } = this.kind;
    if (events !== undefined && data.type.startsWith(`${events}.`)) return this.grow(data, events);
    const part = jsonOf(data['part']);
    if (data.type.endsWith('_part.added')) return this.addPart(data, part);
    const { open } = this;
    if (data.type === ANNOTATION && open?.type === 'output_text') return;
    const belongs = open !== undefined && (data.type === `${open.kind.part}.done` || isTextEvent(data.type, open.kind));
    if (!belongs) return this.expect(false, `is a ${data.type}, which has no place here`);
    this.expect(data[open.kind.index] === this.parts[open.kind.list].length, 'has the index of another part');
    if (data.type === `${open.kind.part}.done`) return this.endPart(part);
    this.expect(!open.whole, 'comes behind the whole text');
    if (data.type.endsWith('.delta')) {
      this.expect(isText(data['delta']), 'has no delta');
      open.text += String(data['delta']);
    } else {
      open.whole = true;
      this.expect(data[open.kind.field] === open.text, 'repeats another text than its deltas told');
    }
  }

  /** The item's last event. */
  end(item: Json): void {
    for (const key of ['id', 'type', 'call_id', 'name']) this.expect(item[key] === this.item[key], `changes ${key}`);
    this.item = item;
    if (this.kind === undefined) return;
    this.expect(item['status'] !== 'in_progress', 'ends an item that is in progress');
    this.expect(this.open === undefined, 'ends an item while a part is open');
    const { field } = this.kind;
    if (field !== undefined) {
      this.expect(this.whole, 'ends an item whose text was never repeated whole');
      this.expect(item[field] === this.text, 'ends an item with another text than its deltas told');
      return;
    }
    this.expect(item['type'] !== 'message' || this.parts.content.length > 0, 'ends a message without content');
    for (const list of ['content', 'summary'] as const) {
      this.expect(
        isDeepStrictEqual(item[list] ?? [], this.parts[list]),
        `ends an item with another ${list} than its parts`,
      );
    }
  }

  private grow(data: Typed, events: string): void {
    this.expect(!this.whole, 'comes behind the whole text');
    if (data.type === `${events}.delta`) {
      this.expect(isText(data['delta']), 'has no delta');
      this.text += String(data['delta']);
      return;
    }
    this.whole = true;
    const whole = data[this.kind?.field ?? ''];
    this.expect(whole === this.text, 'repeats another text than its deltas told');
  }

  private addPart(data: Typed, part: Json): void {
    const type = String(part['type']);
    const kind = this.kind?.parts.includes(type) ? PARTS[type] : undefined;
    if (kind === undefined || data.type !== `${kind.part}.added`) {
      return this.expect(false, `adds a ${type} to a ${String(this.item['type'])}`);
    }
    this.expect(this.open === undefined, 'adds a part while another is open');
    this.expect(data[kind.index] === this.parts[kind.list].length, 'adds a part out of order');
    this.expect(part[kind.field] === '', 'adds a part that is not empty');
    this.open = { type, kind, text: '', whole: false };
  }

  private endPart(part: Json): void {
    const { open } = this;
    if (open === undefined) return;
    this.expect(open.whole, 'ends a part whose text was never repeated whole');
    const agrees = part['type'] === open.type && part[open.kind.field] === open.text;
    this.expect(agrees, 'ends a part with another text than its deltas told');
    this.parts[open.kind.list].push(part);
    this.open = undefined;
  }
}

function isTextEvent(type: string, kind: PartKind): boolean {
  return type === `${kind.text}.delta` || type === `${kind.text}.done`;
}
