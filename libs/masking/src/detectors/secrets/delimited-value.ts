import type { Span } from '../span';

const LONGEST_VALUE = 200;
const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '{': '}' };
const BARE = /[^\s;"'`<>\\|]{1,200}/y;
const AROUND = /[),.]+$/;

/**
 * A value in quotes or braces, or one that ends at a blank, a quote or a semicolon, without the punctuation behind it.
 *
 * @param at where it begins, quotes included
 */
export function delimitedValue(text: string, at: number): Span | undefined {
  const closer = CLOSERS[text.charAt(at)];
  if (closer !== undefined) {
    const inner = /^[^\r\n]*/.exec(text.slice(at + 1, at + 2 + LONGEST_VALUE))?.[0] ?? '';
    const end = inner.indexOf(closer);
    if (end > 0) return { start: at + 1, end: at + 1 + end };
    if (closer !== '}') return undefined;
  }
  BARE.lastIndex = at;
  const value = BARE.exec(text)?.[0].replace(AROUND, '') ?? '';
  return value === '' ? undefined : { start: at, end: at + value.length };
}
