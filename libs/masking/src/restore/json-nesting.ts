const QUOTE = '"';
const BACKSLASH = '\\';
const HEX_DIGITS = 4;
const CONTROL_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Follows JSON text as it arrives and knows in how many nested strings its end stands: strings may hold JSON, whose
 * strings may hold JSON again. A string counts as JSON when its content begins with `{` or `[`; quotes in prose do not.
 */
export class JsonNesting {
  private inString = false;
  /** Undefined outside an escape; else what has been read of it behind the backslash. */
  private escape: string | undefined;
  /** Follows the JSON inside the current string; null when the string holds something else, undefined until known. */
  private inner: JsonNesting | null | undefined;

  feed(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.take(text[at] as string);
  }

  /** How many times text must be escaped to stand at the current end. */
  get depth(): number {
    return this.inString ? 1 + (this.inner?.depth ?? 0) : 0;
  }

  private take(unit: string): void {
    if (this.escape !== undefined) this.takeEscape(unit);
    else if (unit === QUOTE) {
      this.inString = !this.inString;
      this.inner = undefined;
    } else if (this.inString && unit === BACKSLASH) this.escape = '';
    else if (this.inString) this.takeContent(unit);
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
    if (this.inner === undefined && !isWhiteSpace(unit)) {
      this.inner = unit === '{' || unit === '[' ? new JsonNesting() : null;
    }
    this.inner?.take(unit);
  }
}

function decodeHex(escape: string): string {
  return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}

function isWhiteSpace(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}
