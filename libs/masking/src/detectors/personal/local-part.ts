import { isAlphanumeric, startOfRun } from '../boundaries';

const LONGEST_QUOTED = 66;
/** What may stand before a quoted local part; anything else makes its first quote the end of another string. */
const BEFORE_QUOTED = /[\s<>(,;:=[]/;

/** What precedes the apostrophe of names such as `o'brien`, `d'angelo` and `n'diaye`. */
const NAME_PREFIX = /(?<![A-Za-z0-9])[dlmnotDLMNOT]['’]$/;

const LATIN_LETTER = /[À-ÖØ-öø-ɏḀ-ỿ]/;
const LETTER = /[\p{L}\p{M}]/u;

/** Whether a UTF-16 unit stands in local parts of Latin script: what may precede one in prose is left out. */
export function isLocalUnit(unit: number): boolean {
  if (unit < 0x80) return isAlphanumeric(unit) || unit === 0x2b || unit === 0x2d || unit === 0x2e || unit === 0x5f;
  return unit < 0x1f00 && LATIN_LETTER.test(String.fromCharCode(unit));
}

/**
 * Where a local part begins that ends in a letter of another script, such as `홍길동@회사.한국`. Latin letters before it
 * are no part of it: they may be the rest of an escape.
 *
 * @returns the offset of the at sign when no such letter stands before it
 */
export function startOfWideLocalPart(text: string, at: number, limit: number): number {
  let start = at;
  if (!isWideLetter(text.charCodeAt(at - 1))) return at;
  for (let place = at - 1; place >= Math.max(0, at - limit); place -= 1) {
    const unit = text.charCodeAt(place);
    if (isWideLetter(unit)) start = place;
    else if (!isLocalUnit(unit) || isLetter(unit)) break;
  }
  return start;
}

function isWideLetter(unit: number): boolean {
  return unit >= 0x80 && LETTER.test(String.fromCharCode(unit)) && !isLocalUnit(unit);
}

function isLetter(unit: number): boolean {
  return unit >= 0x80 || (unit >= 0x41 && unit !== 0x5f && isAlphanumeric(unit));
}

/**
 * Where a quoted local part begins that ends before the at sign: `"john doe"@example.com`.
 *
 * @returns undefined when the quote before the at sign closes something else
 */
export function quotedLocalPart(text: string, at: number): number | undefined {
  for (let start = at - 2; start >= Math.max(0, at - LONGEST_QUOTED); start -= 1) {
    const character = text[start] as string;
    if (character === '\n') return undefined;
    if (character !== '"' || text[start - 1] === '\\') continue;
    return start === at - 2 || (start > 0 && !BEFORE_QUOTED.test(text[start - 1] as string)) ? undefined : start;
  }
  return undefined;
}

/** Takes in the beginning of a name with an apostrophe, unless the apostrophe quotes the address. */
export function withApostrophe(text: string, start: number): number {
  if (start < 2 || !NAME_PREFIX.test(text.slice(Math.max(0, start - 3), start))) return start;
  return startOfRun(text, start - 1, isLocalUnit, LONGEST_QUOTED);
}

/** `%3D` of a URL is no part of a name. */
const ENCODED = /[0-9A-Fa-f]{2}/y;

/** Takes in what stands before a `%` or `!` that divides a local part, as in `user%example.com@example.org`. */
export function withRoute(text: string, start: number): number {
  const mark = text[start - 1];
  ENCODED.lastIndex = start;
  if ((mark !== '!' && mark !== '%') || (mark === '%' && ENCODED.test(text))) return start;
  const route = startOfRun(text, start - 1, isLocalUnit, LONGEST_QUOTED);
  return route === start - 1 ? start : route;
}
