import type { Detector, Finding } from '../detector';
import { birthYear, hasResidentCheckDigit, isForeigner } from './check-digits';
import { isLabelled, type NumberForm, type NumberRun, NumberText } from './number-text';

const NUMBER: NumberForm = { pattern: /(?<!\d)(\d{6})( ?- ?| ?)(\d{7})/g, least: 13 };

/** Nobody with a number of the new century is born later; bare digits with a later year are something else. */
const LAST_YEAR = 2049;
/** Times in milliseconds since 1970, from 2017 to 2033. */
const EPOCH_MILLISECONDS = /^1[5-9]/;

/**
 * Registration numbers of residents (주민등록번호) and of foreigners and overseas Koreans (외국인등록번호,
 * 국내거소신고번호): the date of birth, a digit for sex and century, six more digits. Those issued since 5 October 2020
 * have no check digit, so one that fails is still a number when it is written with its hyphen.
 */
export const residentNumbers: Detector = {
  kinds: ['kr-rrn', 'kr-frn'],
  find(searched) {
    const numbers = NumberText.of(searched);
    const findings: Finding[] = [];
    for (const run of numbers.runs) {
      for (const { start, end, match } of numbers.matches(run, NUMBER)) {
        const digits = `${match[1]}${match[3]}`;
        if (!isResidentNumber(digits, match[2] as string, run, numbers)) continue;
        findings.push({ kind: isForeigner(digits) ? 'kr-frn' : 'kr-rrn', start, end });
      }
    }
    return findings;
  },
};

function isResidentNumber(digits: string, separator: string, run: NumberRun, numbers: NumberText): boolean {
  const year = birthYear(digits);
  if (year === undefined || isLabelled(run, 'corporation')) return false;
  if (isLabelled(run, 'resident', 'foreigner')) return true;
  const behind = numbers.behind(run);
  if (behind === 'resident' || behind === 'foreigner') return true;
  const checked = hasResidentCheckDigit(digits);
  // Whoever was born before 1900 got a number that has a check digit.
  if (separator.includes('-')) return checked || (year >= 1900 && !isLabelled(run, 'other'));
  return checked && year <= LAST_YEAR && !isLabelled(run, 'other') && !EPOCH_MILLISECONDS.test(digits);
}
