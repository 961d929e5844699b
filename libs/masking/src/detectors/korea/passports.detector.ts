import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import type { Detector, Finding } from '../detector';

const KIND = 'kr-passport';

/** Current passports have a letter behind three digits, those of before December 2021 have eight digits. */
const NUMBER = /[MSROD]\d{3}(?:[A-Z]\d{4}|\d{5})/gi;
const LABEL = /여권|passport/i;
const REACH_BEFORE = 48;
const REACH_BEHIND = 32;
/** Largest distance between the passports of one list. */
const LONGEST_GAP = 32;

/** Passport numbers of Korea, near the word: other things have such numbers too. */
export const passports: Detector = {
  kinds: [KIND],
  find(searched) {
    const { text } = searched;
    const titles = ColumnTitles.of(searched);
    const findings: Finding[] = [];
    for (const { 0: number, index: start } of text.matchAll(NUMBER)) {
      const end = start + number.length;
      if (!isLeftBoundary(text, start) || isAlphanumeric(text.charCodeAt(end))) continue;
      const listed = start - (findings.at(-1)?.end ?? -Infinity) <= LONGEST_GAP;
      const named = listed || isLabelled(text, start, end) || LABEL.test(titles.titleOf(start) ?? '');
      if (named) findings.push({ kind: KIND, start, end });
    }
    return findings;
  },
};

function isLabelled(text: string, start: number, end: number): boolean {
  return LABEL.test(text.slice(Math.max(0, start - REACH_BEFORE), end + REACH_BEHIND));
}
