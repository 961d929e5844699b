/**
 * Left boundary of a value, for patterns: no letter or digit stands before it, unless that character belongs to an
 * escape. Prompts quote JSON and URLs, where `\n`, `\u003c` or `%2F` may stand directly before a value.
 */
export const LEFT_BOUNDARY = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}))`;

/** Right boundary of a value, for patterns: no letter or digit follows. Hangul, quotes and punctuation may. */
export const RIGHT_BOUNDARY = '(?![A-Za-z0-9])';

const BEHIND_ESCAPE = /(?<=\\[bfnrt]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})/y;
const ESCAPE_REST = /(?<=\\)(?:u[0-9A-Fa-f]{4}|[bfnrt])|(?<=%)[0-9A-Fa-f]{2}/y;

/** Whether a value may begin at `at`: see {@link LEFT_BOUNDARY}. The pattern runs only where an escape can be. */
export function isLeftBoundary(text: string, at: number): boolean {
  if (!isAlphanumeric(text.charCodeAt(at - 1))) return true;
  if (text[at - 2] !== '\\' && text[at - 6] !== '\\' && text[at - 3] !== '%') return false;
  BEHIND_ESCAPE.lastIndex = at;
  return BEHIND_ESCAPE.test(text);
}

/**
 * Finds where a value begins whose end is known, by going left over the characters it may consist of.
 *
 * @param end offset behind the value
 * @param allowed tests one UTF-16 unit
 * @param limit longest value, in UTF-16 units
 * @returns the offset of its first unit, with leading punctuation and the rest of an escape such as `\n` left out;
 * `end` when there is no value, or one beyond the limit
 */
export function startOfRun(text: string, end: number, allowed: (unit: number) => boolean, limit: number): number {
  let start = end;
  while (start > 0 && allowed(text.charCodeAt(start - 1))) {
    start -= 1;
    if (end - start > limit) return end;
  }
  ESCAPE_REST.lastIndex = start;
  if (ESCAPE_REST.test(text)) start = Math.min(ESCAPE_REST.lastIndex, end);
  while (start < end && !isAlphanumeric(text.charCodeAt(start))) start += 1;
  return start;
}

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export function isAlphanumeric(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}
