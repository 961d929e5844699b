/**
 * An escape of JSON or of a programming language at any depth of quoting, a percent-encoded byte, or a character
 * reference of HTML.
 */
const ESCAPE =
  /\\{1,16}(?:["'/bfnrt]|u[0-9A-Fa-f]{4})|%(?:25){0,3}[0-9A-Fa-f]{2}|&(?:quot|apos|lt|gt|amp|#\d{2,3}|#x[0-9A-Fa-f]{2,4});/g;

const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A text with its escapes undone, and the way back to the text that came. */
export interface EscapedView {
  readonly text: string;
  /** Where the character at an offset of {@link text} begins in the text that came; also for the offset at its end. */
  readonly originOf: (offset: number) => number;
}

/**
 * Undoes the escapes in a text: prompts quote JSON inside JSON, URLs and HTML, where `arn%3Aaws` is an ARN and
 * `\nAKIA…` begins a line.
 *
 * @returns undefined when the text has no escapes
 */
export function viewWithoutEscapes(text: string): EscapedView | undefined {
  if (!/[\\%&]/.test(text)) return undefined;
  let view = '';
  let at = 0;
  /** Ends of the escapes, in the view and in the text. */
  const inView: number[] = [];
  const inText: number[] = [];
  for (const { 0: escape, index } of text.matchAll(ESCAPE)) {
    view += text.slice(at, index) + decode(escape);
    at = index + escape.length;
    inView.push(view.length);
    inText.push(at);
  }
  if (inView.length === 0) return undefined;
  return { text: view + text.slice(at), originOf: (offset) => originOf(offset, inView, inText) };
}

function decode(escape: string): string {
  const first = escape[0];
  if (first === '%') return String.fromCharCode(Number.parseInt(escape.slice(-2), 16));
  if (first === '&') return decodeReference(escape.slice(1, -1));
  const kind = /u[0-9A-Fa-f]{4}$/.exec(escape)?.[0];
  if (kind !== undefined) return String.fromCharCode(Number.parseInt(kind.slice(1), 16));
  const last = escape.at(-1) as string;
  return CONTROLS[last] ?? last;
}

function decodeReference(name: string): string {
  if (name[0] !== '#') return NAMED[name] as string;
  return String.fromCharCode(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

/** An escape is one character of the view, so an offset lies behind the last escape that ends at or before it. */
function originOf(offset: number, inView: readonly number[], inText: readonly number[]): number {
  let low = 0;
  let high = inView.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inView[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? offset : (inText[low - 1] as number) + offset - (inView[low - 1] as number);
}
