import { isDigit } from '../korea/number-text';

/** Between the groups of one number. */
const JOINT = /^(?:-| - |\.| ?-?\(|\)[- ]?| )$/;
const LONGEST_JOINT = 3;
const MOST_DIGITS = 16;

/** A group of digits and what leads up to it. */
export interface DigitGroup {
  /** What stands between this group and the one before. */
  readonly joint: string;
  readonly end: number;
  /** How many digits the number has up to the end of this group. */
  readonly digits: number;
}

/**
 * The groups of digits that may be one number.
 *
 * @param start offset of the first digit
 * @param limit offset behind the last one
 * @returns no more groups than 16 digits make
 */
export function digitGroups(text: string, start: number, limit: number): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let at = start;
  let digits = 0;
  let joint = '';
  while (at < limit) {
    const from = at;
    while (at < limit && isDigit(text.charCodeAt(at))) at += 1;
    digits += at - from;
    if (digits > MOST_DIGITS) break;
    groups.push({ joint, end: at, digits });
    const behind = at;
    while (at < limit && !isDigit(text.charCodeAt(at)) && at - behind <= LONGEST_JOINT) at += 1;
    joint = text.slice(behind, at);
    if (!JOINT.test(joint)) break;
  }
  return groups;
}

/** Where a number begins: a parenthesis in front of it belongs to it when it is closed inside. */
export function startInside(text: string, start: number, end: number): number {
  if (text[start] !== '(') return start;
  const number = text.slice(start, end);
  return number.split('(').length > number.split(')').length ? start + 1 : start;
}
