/**
 * An escape of JSON or of a programming language at any depth of quoting, a percent-encoded byte, or a character
 * reference of HTML.
 */
const ESCAPE =
  /\\{1,16}(?:["'/bfnrt]|u[0-9A-Fa-f]{4})|%(?:25){0,3}[0-9A-Fa-f]{2}|&(?:quot|apos|lt|gt|amp|#\d{2,3}|#x[0-9A-Fa-f]{2,4});/g;

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const HEX_DIGITS = 4;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
/** How far from an escape the text may matter to what is written with it, in UTF-16 units. */
const NEAR = 256;
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
 * `\nAKIA…` begins a line. Of long stretches without escapes only what stands near one is part of the view, as the rest
 * reads the same in the text that came; a line break takes the place of what is left out.
 *
 * @returns undefined when the text has no escapes
 */
export function viewWithoutEscapes(text: string): EscapedView | undefined {
  if (!/[\\%&]/.test(text)) return undefined;
  const builder = new ViewBuilder(text);
  const escapes = new RegExp(ESCAPE);
  for (let found = escapes.exec(text); found !== null; found = escapes.exec(text)) builder.add(found.index, found[0]);
  return builder.finish();
}

class ViewBuilder {
  private readonly parts: string[] = [];
  /** Ends of what stands for something else: escapes and stretches that were left out. */
  private readonly inView: number[] = [];
  private readonly inText: number[] = [];
  private length = 0;
  /** How far the text has been taken. */
  private at = 0;

  constructor(private readonly text: string) {}

  add(index: number, escape: string): void {
    this.skipTo(index);
    this.copyTo(index);
    this.replaceTo(index + escape.length, decode(escape));
  }

  finish(): EscapedView | undefined {
    const { text, inView, inText } = this;
    if (inView.length === 0) return undefined;
    this.copyTo(this.endOfNear(this.at, text.length));
    return { text: this.parts.join(''), originOf: (offset) => originOf(offset, inView, inText) };
  }

  /** Leaves out what is far from both escapes. */
  private skipTo(index: number): void {
    const from = this.inView.length === 0 ? 0 : this.endOfNear(this.at, index);
    const to = this.startOfNear(index, from);
    if (to <= from) return;
    this.copyTo(from);
    this.replaceTo(to, '\n');
  }

  private copyTo(end: number): void {
    if (end <= this.at) return;
    this.parts.push(this.text.slice(this.at, end));
    this.length += end - this.at;
    this.at = end;
  }

  private replaceTo(end: number, replacement: string): void {
    this.parts.push(replacement);
    this.length += 1;
    this.at = end;
    this.inView.push(this.length);
    this.inText.push(end);
  }

  /** The first white space at some distance behind an escape; `limit` when there is none close by. */
  private endOfNear(from: number, limit: number): number {
    const last = Math.min(limit, from + 2 * NEAR);
    for (let end = from + NEAR; end < last; end += 1) if (isWhiteSpace(this.text.charCodeAt(end))) return end;
    return limit;
  }

  /** Behind the last white space at some distance before an escape; `limit` when there is none close by. */
  private startOfNear(to: number, limit: number): number {
    const first = Math.max(limit, to - 2 * NEAR);
    for (let start = to - NEAR; start > first; start -= 1) {
      if (isWhiteSpace(this.text.charCodeAt(start - 1))) return start;
    }
    return limit;
  }
}

function isWhiteSpace(unit: number): boolean {
  return unit === SPACE || unit === LINE_FEED;
}

/** The one character that an escape stands for. */
function decode(escape: string): string {
  const first = escape.charCodeAt(0);
  if (first === PERCENT) return String.fromCharCode(Number.parseInt(escape.slice(-2), 16));
  if (first === AMPERSAND) return decodeReference(escape.slice(1, -1));
  const last = escape.charAt(escape.length - 1);
  // No other escape has a letter before its last four characters: there are only backslashes.
  const unicode = escape.length > HEX_DIGITS + 1 && escape.charAt(escape.length - 1 - HEX_DIGITS) === 'u';
  if (unicode) return String.fromCharCode(Number.parseInt(escape.slice(-HEX_DIGITS), 16));
  return CONTROLS[last] ?? last;
}

function decodeReference(name: string): string {
  if (name[0] !== '#') return NAMED[name] as string;
  return String.fromCharCode(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

/** What stands for something else is one character, so an offset lies behind the last one that ends at or before it. */
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
