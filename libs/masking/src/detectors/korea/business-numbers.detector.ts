import type { Detector, Finding } from '../detector';
import { isBusinessNumber } from './check-digits';
import { isLabelled, type NumberForm, type NumberRun, NumberText } from './number-text';

const KIND = 'kr-brn';
const BUSINESS: NumberForm = { pattern: /(?<!\d)(\d{3})( ?- ?| ?)(\d{2})\2(\d{5})/g, least: 10 };
const CORPORATION: NumberForm = { pattern: /(?<!\d)\d{6}(?: ?- ?)?\d{7}/g, least: 13 };

/**
 * Business registration numbers (사업자등록번호), whose last digit must check the others, and registration numbers of
 * corporations (법인등록번호) behind their name: they have the form of a resident's.
 */
export const businessNumbers: Detector = {
  kinds: [KIND],
  find(searched) {
    const numbers = NumberText.of(searched);
    const findings: Finding[] = [];
    for (const run of numbers.runs) {
      for (const { start, end, match } of numbers.matches(run, BUSINESS)) {
        const digits = `${match[1]}${match[3]}${match[4]}`;
        if (isBusinessNumber(digits) && mayBeBusiness(numbers, run, match[2] as string)) {
          findings.push({ kind: KIND, start, end });
        }
      }
      for (const { start, end } of numbers.matches(run, CORPORATION)) {
        if (isLabelled(run, 'corporation')) findings.push({ kind: KIND, start, end });
      }
    }
    return findings;
  },
};

function mayBeBusiness(numbers: NumberText, run: NumberRun, separator: string): boolean {
  if (isLabelled(run, 'business', 'corporation') || numbers.behind(run) === 'business') return true;
  return separator.includes('-') && !isLabelled(run, 'account', 'other');
}
