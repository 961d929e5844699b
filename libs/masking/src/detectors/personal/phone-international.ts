import { isAlphanumeric } from '../boundaries';
import { isLabelled, type NumberRun, type NumberText } from '../korea/number-text';
import type { Span } from '../span';
import type { NumberingPlans } from './numbering-plans';
import { digitGroups, startInside } from './phone-groups';

/** In front of the first digit. */
const PLUS = /(?:\(\+ ?|\+ ?\(?)$/;
const LONGEST_PLUS = 3;

/** What is dialled for the plus sign: in Korea, in Europe, in North America. */
const DIALLED = /^(?:00700[- ]?|00[1-8][- ]|011[- ]|00[- ]?)(?=[1-9])/;
const LONGEST_DIALLED = 8;
const LONGEST_COUNTRY_CODE = 3;

/** So many groups of digits are no accident. */
const CLEAR_GROUPS = 3;

/** The international number that begins a run; plus signs stand only in front of runs. */
export function internationalPhone(numbers: NumberText, run: NumberRun, plans: NumberingPlans): Span | undefined {
  const { text } = numbers;
  const before = text.slice(Math.max(0, run.start - LONGEST_PLUS), run.start);
  const plus = before.includes('+') ? PLUS.exec(before)?.[0] : undefined;
  if (plus === undefined) return dialledPhone(numbers, run, plans);
  const start = run.start - plus.length;
  if (!plus.startsWith('(') && isAlphanumeric(text.charCodeAt(start - 1))) return undefined;
  const end = endOfNumber(numbers, run, run.start, plans);
  if (end === undefined || (plus.endsWith(' ') && isSum(text.slice(run.start, end)))) return undefined;
  return { start: startInside(text, start, end), end };
}

/** `+ 31536000000` adds something. */
function isSum(number: string): boolean {
  return !/\D/.test(number);
}

function dialledPhone(numbers: NumberText, run: NumberRun, plans: NumberingPlans): Span | undefined {
  const { text } = numbers;
  if (text[run.start] !== '0') return undefined;
  const prefix = DIALLED.exec(text.slice(run.start, run.start + LONGEST_DIALLED))?.[0];
  if (prefix === undefined || !numbers.beginsAlone(run.start)) return undefined;
  const from = run.start + prefix.length;
  const code = digitGroups(text, from, run.end)[0];
  if (code === undefined || (code.digits > LONGEST_COUNTRY_CODE && !isLabelled(run, 'phone', 'call'))) return undefined;
  const end = endOfNumber(numbers, run, from, plans);
  return end === undefined ? undefined : { start: run.start, end };
}

/** The end of the longest number of some country that begins with a country code at `from`. */
function endOfNumber(numbers: NumberText, run: NumberRun, from: number, plans: NumberingPlans): number | undefined {
  const called = isLabelled(run, 'phone', 'call');
  const groups = digitGroups(numbers.text, from, run.end);
  return groups.findLast(({ end, digits }, index) => {
    const lenient = called || index + 1 >= CLEAR_GROUPS;
    return numbers.endsAlone(end) && plans.has(`+${numbers.text.slice(from, end)}`, digits, lenient);
  })?.end;
}
