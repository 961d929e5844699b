import type { Detector, Finding } from '../detector';
import { isLabelled, type NumberRun, NumberText } from '../korea/number-text';
import type { Span } from '../span';
import { labelledPhones } from './phone-labelled';
import {
  BINARY,
  FICTIONAL,
  KOREAN,
  KOREAN_COMPANY,
  KOREAN_MOBILE,
  KOREAN_MOBILE_SHORT,
  NORTH_AMERICAN,
} from './phone-forms';
import { NumberingPlans } from './numbering-plans';
import { internationalPhone } from './phone-international';

const KIND = 'phone';

/** Between a word for an account and a number that would be a phone without it. */
const LONGEST_ACCOUNT_GAP = 8;

/**
 * Phone numbers: international ones by the numbering plans of all countries, Korean and North American ones by their
 * form, others where a word says that they are one.
 */
export const phones: Detector = {
  kinds: [KIND],
  find(searched) {
    const numbers = NumberText.of(searched);
    const plans = new NumberingPlans();
    const findings: Finding[] = [];
    for (const run of numbers.runs) {
      for (const { start, end } of phonesIn(numbers, run, plans)) findings.push({ kind: KIND, start, end });
    }
    return findings;
  },
};

function phonesIn(numbers: NumberText, run: NumberRun, plans: NumberingPlans): readonly Span[] {
  if (isLabelled(run, 'account') && run.gap.length <= LONGEST_ACCOUNT_GAP) return [];
  const international = internationalPhone(numbers, run, plans);
  if (international !== undefined && covers(international, run)) return [international];
  const clear = numbers.matches(run, KOREAN);
  if (clear[0] !== undefined && covers(clear[0], run)) return clear;
  const found = [...clear, ...lessClearKoreanPhones(numbers, run)];
  if (international !== undefined) found.push(international);
  if (!isLabelled(run, 'other')) found.push(...northAmericanPhones(numbers, run));
  return found.length > 0 ? found : labelledPhones(numbers, run);
}

/** Whether a number is all of its run, as in lists of numbers: then there is nothing else to look for. */
function covers({ start, end }: Span, run: NumberRun): boolean {
  return start <= run.start && end >= run.end - 1;
}

function lessClearKoreanPhones(numbers: NumberText, run: NumberRun): Span[] {
  const found: Span[] = [...numbers.matches(run, KOREAN_MOBILE_SHORT)];
  for (const number of numbers.matches(run, KOREAN_MOBILE)) if (!BINARY.test(number.match[0])) found.push(number);
  for (const number of numbers.matches(run, KOREAN_COMPANY)) {
    const [, prefix, line] = number.match;
    if (isCalled(numbers, run) || !isRange(Number(prefix), Number(line))) found.push(number);
  }
  return found;
}

function northAmericanPhones(numbers: NumberText, run: NumberRun): Span[] {
  const found: Span[] = [...numbers.matches(run, FICTIONAL)];
  for (const number of numbers.matches(run, NORTH_AMERICAN)) {
    if (isCalled(numbers, run) || isClear(number.match)) found.push(number);
  }
  return found;
}

function isCalled(numbers: NumberText, run: NumberRun): boolean {
  return isLabelled(run, 'phone', 'call') || numbers.behind(run) === 'phone';
}

/** `1588-1592` is a war, `1600-1200` a size. */
function isRange(first: number, second: number): boolean {
  return (second > first && second < 2100) || (first % 100 === 0 && second % 100 === 0);
}

/** Spaces stand between numbers of any sort. */
function isClear([, inParentheses, , area, joint, exchange, secondJoint, line]: RegExpExecArray): boolean {
  if (inParentheses !== undefined) return true;
  if (joint !== secondJoint || joint === ' ') return false;
  return !(area as string).endsWith('00') || !(exchange as string).endsWith('00') || !(line as string).endsWith('00');
}
