import { isAlphanumeric } from '../boundaries';
import { isLabelled, type NumberRun, type NumberText, type Stretch } from '../korea/number-text';
import type { NumberingPlans } from './numbering-plans';
import { digitGroups } from './phone-groups';

/** Before the first digit. */
const PLUS = /(?:\(\+ ?|\+ ?\(?)$/;
const LONGEST_PLUS = 3;

/** What is dialled for the plus sign: in Korea, in Europe, in North America. */
const DIALLED = /^(?:00700[- ]?|00[1-8][- ]|011[- ]|00[- ]?)(?=[1-9])/;
const LONGEST_DIALLED = 8;
const LONGEST_COUNTRY_CODE = 3;

/** So many groups of digits are no accident. */
const CLEAR_GROUPS = 3;

/** The international number that begins a run, in which no plus sign stands. */
export function internationalPhones(numbers: NumberText, run: NumberRun, plans: NumberingPlans): Stretch[] {
  const { text } = numbers;
  const plus = PLUS.exec(text.slice(Math.max(0, run.start - LONGEST_PLUS), run.start))?.[0];
  if (plus !== undefined) {
    const start = run.start - plus.length;
    if (isAlphanumeric(text.charCodeAt(start - 1))) return [];
    const end = longest(numbers, run, run.start, plans, isLabelled(run, 'phone', 'call'));
    return end === undefined ? [] : [{ start: plus[0] === '(' && !closes(text, start, end) ? start + 1 : start, end }];
  }
  return dialledPhones(numbers, run, plans);
}

function dialledPhones(numbers: NumberText, run: NumberRun, plans: NumberingPlans): Stretch[] {
  const { text } = numbers;
  const prefix = DIALLED.exec(text.slice(run.start, run.start + LONGEST_DIALLED))?.[0];
  if (prefix === undefined || !numbers.beginsAlone(run.start)) return [];
  const from = run.start + prefix.length;
  const [code] = digitGroups(text, from, run.end);
  const called = isLabelled(run, 'phone', 'call');
  if (code === undefined || (code.digits > LONGEST_COUNTRY_CODE && !called)) return [];
  const end = longest(numbers, run, from, plans, false);
  return end === undefined ? [] : [{ start: run.start, end }];
}

/** The end of the longest number of some country that begins with a country code at `from`. */
function longest(
  numbers: NumberText,
  run: NumberRun,
  from: number,
  plans: NumberingPlans,
  called: boolean,
): number | undefined {
  const groups = digitGroups(numbers.text, from, run.end);
  for (let count = groups.length; count > 0; count -= 1) {
    const end = groups[count - 1]?.end as number;
    const lenient = called || count > CLEAR_GROUPS;
    if (numbers.endsAlone(end) && plans.has(`+${numbers.text.slice(from, end)}`, lenient)) return end;
  }
  return undefined;
}

function closes(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes(')');
}
