import type { JsonNode } from '@sallyport/dialects';
import { nameLiteral } from '../positions/name-literal';

/** Offsets of a string literal in a JSON text, quotes included. */
export interface LiteralSpan {
  readonly start: number;
  readonly end: number;
}

/** A decoded string literal that still knows where each of its characters stands in the JSON text. */
export class JsonLiteral {
  /** The string that the literal stands for. */
  readonly decoded: string;
  private offsets: Uint32Array | undefined;

  constructor(
    private readonly text: string,
    private readonly span: LiteralSpan,
  ) {
    const literal = text.slice(span.start, span.end);
    this.decoded = literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  }

  /** Offset in the JSON text of a character of {@link decoded}; its length gives that of the closing quote. */
  offsetOf(index: number): number {
    if (this.decoded.length === this.span.end - this.span.start - 2) return this.span.start + 1 + index;
    this.offsets ??= this.locate();
    return this.offsets[index] as number;
  }

  private locate(): Uint32Array {
    const offsets = new Uint32Array(this.decoded.length + 1);
    let at = this.span.start + 1;
    for (let index = 0; index < offsets.length; index += 1) {
      offsets[index] = at;
      if (this.text[at] !== '\\') at += 1;
      else at += this.text[at + 1] === 'u' ? 6 : 2;
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
