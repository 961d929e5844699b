import { isLabelled, type NumberRun, type NumberText } from '../korea/number-text';
import type { Span } from '../span';
import { type DigitGroup, digitGroups, startInside } from './phone-groups';

/** Between the word for a phone and its number, when nothing else lies between. */
const DIRECT =
  /^(?:[^A-Za-z0-9가-힣\n]|(?<![A-Za-z])(?:is|are|at|me|us|on|to|or|ext)(?![A-Za-z])|번호|번|은|는|이|가)*$/i;
const LONGEST_GAP = 16;

/** Days, addresses of hosts, decimals, seconds since 1970 from 2017 to 2033. */
const NO_PHONE =
  /^(?:(?:19|20)\d\d([-. ]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)|\d{1,3}(?:\.\d{1,3}){3}(?!\d)|\d+\.\d+$|1[5-9]\d{8}$)/;

/** National numbers of Korea and North America without separators. */
const NATIONAL = /^(?:0[1-9]\d{7,9}|[2-9]\d{2}[2-9]\d{6})$/;

/** Fewest digits of a subscriber’s number. */
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;
/** Fewest and most digits of a number that is called, but not called a phone. */
const FEWEST_CALLED = 9;
const MOST_CALLED = 12;

/** The number at the beginning of a run, whatever its form, where a word says that it is a phone. */
export function labelledPhones(numbers: NumberText, run: NumberRun): Span[] {
  const { text } = numbers;
  const trust = trustIn(numbers, run);
  if (trust === undefined) return [];
  const last = lastGroup(digitGroups(text, run.start, run.end));
  if (last === undefined) return [];
  const start = startInside(text, /[(+]/.test(text[run.start - 1] ?? '') ? run.start - 1 : run.start, last.end);
  if (!numbers.standsAlone(start, last.end)) return [];
  const number = text.slice(run.start, last.end);
  if (NO_PHONE.test(number) || !isBelieved(number, last.digits, trust)) return [];
  return [{ start, end: last.end }];
}

/** What is accepted: any number behind `phone:`, possible ones behind `call`, clear ones at some distance. */
type Trust = 'named' | 'called' | 'near';

function trustIn(numbers: NumberText, run: NumberRun): Trust | undefined {
  if (isLabelled(run, 'phone')) return isDirect(run) ? 'named' : 'near';
  if (isLabelled(run, 'call')) return isDirect(run) ? 'called' : undefined;
  return run.end - run.start >= FEWEST_CALLED && numbers.behind(run) === 'phone' ? 'called' : undefined;
}

function isBelieved(number: string, digits: number, trust: Trust): boolean {
  if (trust === 'named') return true;
  if (trust === 'near') return NATIONAL.test(number);
  return digits >= FEWEST_CALLED && digits <= MOST_CALLED;
}

function isDirect(run: NumberRun): boolean {
  return run.gap.length <= LONGEST_GAP && DIRECT.test(run.gap);
}

/** The group that ends the first number: where there are too many digits for one, a space divides them. */
function lastGroup(groups: readonly DigitGroup[]): DigitGroup | undefined {
  const last = groups.at(-1);
  if (last === undefined || last.digits < FEWEST_DIGITS) return undefined;
  if (last.digits <= MOST_DIGITS) return last;
  return groups.find(({ digits }, index) => digits >= FEWEST_DIGITS && groups[index + 1]?.joint === ' ');
}
