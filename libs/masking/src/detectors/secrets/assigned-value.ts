/** A value that something is assigned, without its quotes and the punctuation around it. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Whether nothing but blanks and marks of emphasis follow in its line. */
  readonly endsLine: () => boolean;
}

const LONGEST_VALUE = 200;
const OPENING = /[rbfuLR@$]{0,2}(\\{0,8}["'`])|[“‘「『]/y;
/** Quotes of texts, by their opening one. */
const TYPOGRAPHIC: Readonly<Record<string, string>> = { '“': '”', '‘': '’', '「': '」', '『': '』' };
/** Marks of Markdown or HTML between the operator and the value. */
const EMPHASIS =
  /(?:\*{2}|\*(?=[^\s*]{1,200}\*)|_{1,2}(?=[A-Za-z0-9])|<\/?[a-z]{1,6}>|\*{2}:?|[ \t]){0,6}(?:[[(](?=[A-Za-z0-9]))?/y;
const MARKS: ReadonlySet<number> = new Set(Array.from('*_<[( \t', (unit) => unit.charCodeAt(0)));
/**
 * Ends a bare value: what quotes, tags, pipes and escapes begin with, also as HTML and URLs write them. A value that
 * begins with such an escape is found by the search without escapes.
 */
const BARE_END = /["'`<>|\\]|&(?:quot|apos|lt|gt|#\d{2,3}|#x[0-9a-f]{2});|%2[27]/i;
const NEXT_MEMBER = /[,;](?:$|[A-Za-z_][\w.-]*[=:])|&(?:amp;|[\w.[\]-]+=)|[;,]$/;
const TRAILING = /[.,;:?*_]+$/;
const LINE_REST = /^[ \t*_`"'.]*(?:[#][^\r\n]*)?(?:$|[\r\n\\<])/;

/** Reads the values of one text. */
export class AssignedValues {
  /** The visible characters that were last looked at. */
  private run = { start: 0, end: 0 };

  constructor(private readonly text: string) {}

  /**
   * The value that begins at `at`, behind an operator. Whoever asks for ascending offsets has every bare value read once,
   * however many names stand in it.
   *
   * @returns undefined when there is none, or one beyond the length of a secret
   */
  at(at: number): AssignedValue | undefined {
    const { text } = this;
    const quote = closingQuote(text, at);
    if (quote !== undefined) return quotedValue(text, OPENING.lastIndex, quote);
    if (!MARKS.has(text.charCodeAt(at))) return this.bareAt(at);
    EMPHASIS.lastIndex = at;
    EMPHASIS.test(text);
    const inner = closingQuote(text, EMPHASIS.lastIndex);
    return inner === undefined ? this.bareAt(EMPHASIS.lastIndex) : quotedValue(text, OPENING.lastIndex, inner);
  }

  private bareAt(start: number): AssignedValue | undefined {
    const end = this.endOfRun(start);
    if (end === start || end - start > LONGEST_VALUE) return undefined;
    return bareValue(this.text, start, end);
  }

  /** Where visible characters end, or one behind the end of the longest value. */
  private endOfRun(start: number): number {
    const { text, run } = this;
    if (start < run.start || start > run.end) run.end = start;
    run.start = start;
    while (run.end <= start + LONGEST_VALUE && isVisible(text.charCodeAt(run.end))) run.end += 1;
    return run.end;
  }
}

function isVisible(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

/** The quote that ends a value which begins with one; the search stops behind the opening one. */
function closingQuote(text: string, at: number): string | undefined {
  OPENING.lastIndex = at;
  const opening = OPENING.exec(text);
  return opening === null ? undefined : (opening[1] ?? TYPOGRAPHIC[opening[0]]);
}

function quotedValue(text: string, start: number, quote: string): AssignedValue | undefined {
  const window = text.slice(start, start + LONGEST_VALUE + quote.length);
  for (let at = window.indexOf(quote); at > 0; at = window.indexOf(quote, at + 1)) {
    if (quote.length === 1 && isEscaped(window, at)) continue;
    const end = start + at;
    if (/[\r\n]/.test(window.slice(0, at))) return undefined;
    return { start, end, quoted: true, endsLine: () => isLineRest(text, end + quote.length) };
  }
  return undefined;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function bareValue(text: string, start: number, runEnd: number): AssignedValue | undefined {
  let value = text.slice(start, runEnd);
  const stop = value.search(BARE_END);
  if (stop !== -1) value = value.slice(0, stop);
  const next = value.search(NEXT_MEMBER);
  if (next !== -1) value = value.slice(0, next);
  value = withoutClosers(value);
  const end = start + value.length;
  return value === '' ? undefined : { start, end, quoted: false, endsLine: () => isLineRest(text, end) };
}

/** Without the punctuation of a sentence and brackets that were opened before the value. */
function withoutClosers(value: string): string {
  for (let rest = value; ;) {
    const trimmed = rest.replace(TRAILING, '');
    const last = trimmed.at(-1) ?? '';
    const opener = { ')': '(', ']': '[', '}': '{' }[last];
    if (opener === undefined || trimmed.includes(opener)) return trimmed;
    rest = trimmed.slice(0, -1);
  }
}

function isLineRest(text: string, at: number): boolean {
  return LINE_REST.test(text.slice(at, at + 40)) || at >= text.length;
}
