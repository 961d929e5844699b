import { isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import type { Detector } from '../detector';
import { findMatches } from '../find-matches';
import { matchesAt } from '../matches-at';

const KIND = 'us-ssn';

/** Three, two and four digits with dashes, or with dots, spaces or nothing between them where a word says what it is. */
const SSN_SHAPE = /\d(?<!\d\d)(?=\d{2}([-. ]?)\d{2}\1\d{4}(?!\d))/g;
const DIGITS = 9;

/** Numbers that were printed as examples and are void. */
const VOID = /^(?:078051120|123456789|219099999)$/;
/** Areas, groups and serials that are not given out: SSA, "The SSN numbering scheme". */
const NO_SSN = /^(?:000|666|9)|^\d{3}00|0000$/;
/** Taxpayer numbers begin with 9; these groups are for those who are adopted or prepare returns. */
const ITIN = /^9\d\d(?:[5-7]|8[0-8]|9[0-24-9])(?!\d{2}0000)/;

const WORDS = String.raw`(?:ssns?(?:[ _-]?(?:no|num|number))?(?![A-Za-z])|social.{0,3}security|soc\.? ?sec|사회보장|\bitins?|tax.?payer|\btin|tax.?id|납세자)`;
const CONTEXT = new RegExp(String.raw`(?<=${WORDS}[^\n]{0,40}(?:\n\s{0,8})?)`, 'iy');
const TITLE = new RegExp(WORDS, 'i');

/** What stands before and behind digits that are part of a longer number or of a name. */
const PART_BEFORE = /(?<=[A-Za-z0-9][-.]|[+])/y;
const PART_BEHIND = /[A-Za-z]|[-.]\d/y;
const GROUP_BEFORE = /(?<=\d )/y;
const GROUP_BEHIND = / \d/y;
const NAMED = /(?<=(?:ssn|itin|tin)[-.])/iy;

/** Social security and individual taxpayer numbers of the USA. */
export const usSsns: Detector = {
  kinds: [KIND],
  find(searched) {
    const titles = ColumnTitles.of(searched);
    return findMatches(searched.text, SSN_SHAPE, ({ index: start, 1: separator }) => {
      const end = start + DIGITS + 2 * (separator as string).length;
      if (!isPossible(searched.text, start, end)) return undefined;
      const isNamed = separator === '-' || isCalledSsn(searched.text, titles, start, end);
      return isNamed ? { kind: KIND, start, end } : undefined;
    });
  },
};

function isPossible(text: string, start: number, end: number): boolean {
  const digits = text.slice(start, end).replaceAll(/\D/g, '');
  if (VOID.test(digits) || (NO_SSN.test(digits) && !ITIN.test(digits)) || !isLeftBoundary(text, start)) return false;
  if (matchesAt(PART_BEFORE, text, start) && !matchesAt(NAMED, text, start)) return false;
  return !matchesAt(PART_BEHIND, text, end);
}

function isCalledSsn(text: string, titles: ColumnTitles, start: number, end: number): boolean {
  if (matchesAt(GROUP_BEFORE, text, start) || matchesAt(GROUP_BEHIND, text, end)) return false;
  return matchesAt(CONTEXT, text, start) || TITLE.test(titles.titleOf(start) ?? '');
}
