import type { JsonNode } from '@sallyport/dialects';
import { nameLiteral } from './name-literal';

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** Offsets of a string literal in a JSON text, quotes included. */
export interface LiteralSpan {
  readonly start: number;
  readonly end: number;
}

/** A string literal that is decoded when somebody asks, and knows where each of its characters stands in the text. */
export class JsonLiteral {
  /** What stands between the quotes, escapes as they were written. */
  readonly written: string;
  private string: string | undefined;
  private offsets: Uint32Array | undefined;

  constructor(
    private readonly text: string,
    private readonly span: LiteralSpan,
  ) {
    this.written = text.slice(span.start + 1, span.end - 1);
  }

  /** The string that the literal stands for. */
  get decoded(): string {
    this.string ??= this.written.includes('\\') ? (JSON.parse(`"${this.written}"`) as string) : this.written;
    return this.string;
  }

  /** Offset in the JSON text of a character of {@link decoded}; its length gives that of the closing quote. */
  offsetOf(index: number): number {
    if (this.decoded.length === this.written.length) return this.span.start + 1 + index;
    this.offsets ??= this.locate();
    return this.offsets[index] as number;
  }

  private locate(): Uint32Array {
    const offsets = new Uint32Array(this.decoded.length + 1);
    let at = this.span.start + 1;
    for (let index = 0; index < offsets.length; index += 1) {
      offsets[index] = at;
      if (this.text.charCodeAt(at) !== BACKSLASH) at += 1;
      else at += this.text.charCodeAt(at + 1) === LETTER_U ? 6 : 2;
    }
    return offsets;
  }
}

/**
 * Visits all strings inside a value, with the names of members, in the order of the text.
 *
 * @param name of the member whose value `node` is
 * @param visit takes a literal and the name of the member whose value it is; names of members have none
 */
export function forEachString(
  text: string,
  node: JsonNode,
  name: string | undefined,
  visit: (literal: LiteralSpan, name: string | undefined) => void,
): void {
  if (node.type === 'string') visit(node, name);
  else if (node.type === 'array') for (const item of node.items) forEachString(text, item, name, visit);
  else if (node.type === 'object') {
    let from = node.start + 1;
    for (const { key, value } of node.members) {
      visit(nameLiteral(text, from, value), undefined);
      forEachString(text, value, key, visit);
      from = value.end;
    }
  }
}
