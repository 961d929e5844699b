/** How a character of a URL is written: as it is, percent-encoded so many times, or as an escape of JSON or HTML. */
export type EscapeLevel = number | 'quoted';

/** One character of a URL, that may be written with several. */
export interface UrlUnit {
  readonly unit: string;
  readonly level: EscapeLevel;
  /** How many characters of the text it takes. */
  readonly length: number;
}

const ESCAPE =
  /%((?:25){0,4})([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,6}));/y;
/** What may still become one. */
const OPEN_ESCAPE =
  /(?:%(?:25){0,4}[0-9A-Fa-f]?|\\(?:u[0-9A-Fa-f]{0,3})?|&(?:#\d{0,7}|#[xX][0-9A-Fa-f]{0,6}|[A-Za-z]{0,6}))$/y;
const LARGEST_CODE_POINT = 0x10ffff;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  bsol: '\\',
  colon: ':',
  commat: '@',
  num: '#',
  period: '.',
  quest: '?',
  sol: '/',
};

/**
 * Reads the character at an offset of a text that may hold URLs.
 *
 * @param ended whether no more text follows
 * @returns undefined when more text is needed to tell
 */
export function urlUnitAt(text: string, at: number, ended: boolean): UrlUnit | undefined {
  const unit = text[at] as string;
  const plain = { unit, level: 0, length: 1 };
  if (unit !== '%' && unit !== '\\' && unit !== '&') return plain;
  OPEN_ESCAPE.lastIndex = at;
  if (!ended && OPEN_ESCAPE.test(text)) return undefined;
  ESCAPE.lastIndex = at;
  const match = ESCAPE.exec(text);
  return match === null ? plain : (decode(match) ?? plain);
}

function decode([all, again, percent, json, decimal, hexadecimal, name]: RegExpExecArray): UrlUnit | undefined {
  const { length } = all;
  if (percent !== undefined) {
    const unit = String.fromCharCode(Number.parseInt(percent, 16));
    return { unit, level: 1 + (again as string).length / 2, length };
  }
  if (name !== undefined)
    return Object.hasOwn(NAMED, name) ? { unit: NAMED[name] as string, level: 'quoted', length } : undefined;
  const code = decimal === undefined ? Number.parseInt((json ?? hexadecimal) as string, 16) : Number(decimal);
  return code > LARGEST_CODE_POINT ? undefined : { unit: String.fromCodePoint(code), level: 'quoted', length };
}
