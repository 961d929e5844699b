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
const BARE = /[!-~]{1,201}/y;
/**
 * Ends a bare value: what quotes, tags, pipes and escapes begin with, also as HTML and URLs write them. A value that
 * begins with such an escape is found by the search without escapes.
 */
const BARE_END = /["'`<>|\\]|&(?:quot|apos|lt|gt|#\d{2,3}|#x[0-9a-f]{2});|%2[27]/i;
const NEXT_MEMBER = /[,;](?:$|[A-Za-z_][\w.-]*[=:])|&(?:amp;|[\w.[\]-]+=)|[;,]$/;
const TRAILING = /[.,;:?*_]+$/;
const LINE_REST = /^[ \t*_`"'.]*(?:[#][^\r\n]*)?(?:$|[\r\n\\<])/;

/**
 * The value that begins at `at`, behind an operator.
 *
 * @returns undefined when there is none, or one beyond the length of a secret
 */
export function assignedValue(text: string, at: number): AssignedValue | undefined {
  const quote = closingQuote(text, at);
  if (quote !== undefined) return quotedValue(text, OPENING.lastIndex, quote);
  if (!MARKS.has(text.charCodeAt(at))) return bareValue(text, at);
  EMPHASIS.lastIndex = at;
  EMPHASIS.test(text);
  const inner = closingQuote(text, EMPHASIS.lastIndex);
  return inner === undefined ? bareValue(text, EMPHASIS.lastIndex) : quotedValue(text, OPENING.lastIndex, inner);
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

function bareValue(text: string, start: number): AssignedValue | undefined {
  BARE.lastIndex = start;
  let value = BARE.exec(text)?.[0];
  if (value === undefined || value.length > LONGEST_VALUE) return undefined;
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
