import { JsonGrammar } from './json-grammar';

const QUOTE = '"';
const BACKSLASH = '\\';
const HEX_DIGITS = 4;
const CONTROL_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const END_OF_PLAIN = /["\\]/g;

/** Hears what stands in the strings of a JSON text. */
interface LeafListener {
  /** More of the current string, with its escapes undone. */
  leafText(text: string): void;
  /** A string begins or ends. */
  leafBoundary(): void;
}

/**
 * Follows JSON text as it arrives and knows in how many nested strings its end stands: strings may hold JSON, whose
 * strings may hold JSON again. A string counts as JSON as long as it begins with `{` or `[` and keeps to the
 * grammar; quotes in prose, in a log line or behind `[text]` do not.
 */
export class JsonNesting {
  private inString = false;
  /** Undefined outside an escape; else what has been read of it behind the backslash. */
  private escape: string | undefined;
  /** Follows the JSON inside the current string; null when the string holds something else, undefined until known. */
  private inner: JsonNesting | null | undefined;
  /** Of the current string, what the listener has not heard yet. */
  private leaf = '';

  /**
   * @param grammar tells whether the text is JSON at all; without it that is known
   * @param listener hears the outermost strings
   */
  constructor(
    private readonly grammar?: JsonGrammar,
    private readonly listener?: LeafListener,
  ) {}

  /** Takes more of the text. */
  feed(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      if (this.inString && this.inner === null && this.escape === undefined) at = this.skipPlain(text, at);
      if (at < text.length) this.take(text[at] as string);
    }
    this.tellLeaf();
  }

  /** Takes text that the listener is not told of. */
  skip(text: string): void {
    for (const unit of text) this.take(unit);
    this.leaf = '';
  }

  /** How many times text must be escaped to stand at the current end. */
  get depth(): number {
    return this.inString ? 1 + (this.inner?.depth ?? 0) : 0;
  }

  /** Passes over text of a string that holds no JSON, up to what ends or escapes. */
  private skipPlain(text: string, from: number): number {
    END_OF_PLAIN.lastIndex = from;
    const end = END_OF_PLAIN.exec(text)?.index ?? text.length;
    if (this.listener !== undefined) this.leaf += text.slice(from, end);
    return end;
  }

  private take(unit: string): void {
    if (this.escape !== undefined) this.takeEscape(unit);
    else if (unit === QUOTE) this.takeQuote();
    else if (!this.inString) this.grammar?.take(unit);
    else if (unit === BACKSLASH) this.escape = '';
    else this.takeContent(unit);
  }

  private takeQuote(): void {
    if (!this.inString) this.grammar?.string();
    this.inString = !this.inString;
    this.inner = undefined;
    this.tellLeaf();
    this.listener?.leafBoundary();
  }

  private takeEscape(unit: string): void {
    const escape = this.escape + unit;
    if (escape[0] === 'u' && escape.length <= HEX_DIGITS) this.escape = escape;
    else {
      this.escape = undefined;
      this.takeContent(escape[0] === 'u' ? decodeHex(escape) : (CONTROL_ESCAPES[unit] ?? unit));
    }
  }

  private takeContent(unit: string): void {
    if (this.listener !== undefined) this.leaf += unit;
    if (this.inner === null) return;
    if (this.inner === undefined) {
      if (isWhiteSpace(unit)) return;
      this.inner = unit === '{' || unit === '[' ? new JsonNesting(new JsonGrammar()) : null;
    }
    this.inner?.take(unit);
    if (this.inner?.grammar?.valid === false) this.inner = null;
  }

  private tellLeaf(): void {
    if (this.leaf === '') return;
    this.listener?.leafText(this.leaf);
    this.leaf = '';
  }
}

/** A value as it is written inside so many nested strings of JSON. */
export function escaped(value: string, level: number): string {
  let result = value;
  for (let left = level; left > 0; left -= 1) result = JSON.stringify(result).slice(1, -1);
  return result;
}

function decodeHex(escape: string): string {
  return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}

function isWhiteSpace(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}
