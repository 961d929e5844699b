import type { Detector, Finding } from '../detector';
import { birthYear, isBusinessNumber } from './check-digits';
import type { LabelKind } from './number-labels';
import { type NumberForm, type NumberRun, NumberText } from './number-text';

const KIND = 'kr-bank-account';

const FEWEST_DIGITS = 10;
const MOST_DIGITS = 14;
/** Two to four groups, or none. */
const NUMBER: NumberForm = {
  pattern: /(?<!\d)\d{2,8}(?:( ?- ?| )\d{1,8}(?:\1\d{1,8}){0,2})?\d{0,6}/g,
  least: FEWEST_DIGITS,
};

/** Numbers of this form and with these labels are phones, unless they are called an account. */
const PHONE = /^(?:0(?:1[016-9]|2|[3-6][1-5]|50\d|[678]0)-?\d{3,4}-?\d{4}|1[568]\d\d-\d{4})$/;
/** A day, perhaps with a time. */
const TIME = /^(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:-?\d\d){0,3}$/;
/** Seconds and milliseconds since 1970, from 2017 to 2033. */
const EPOCH = /^1[5-9]\d{8}(?:\d{3})?$/;
const AMOUNT = /^ ?(?:원|만|천|억|won|krw|usd|jpy|달러|엔|%)/i;
const LONGEST_UNIT = 4;

/** Signs and names of variables. */
const NEAR = /^[^가-힣]{0,24}$/;
const THREE_GROUPS = /-\d+-/;
const SPACED = /^[ :]{0,3}$/;
/** How the accounts begin that most people have, without separators: Shinhan, Woori, Kakao, Toss, Nonghyup. */
const USUAL = /^(?:110\d{9}|100[25]\d{9}|(?:3333|7979)\d{9}|100[01]\d{8}|30[12]\d{10})$/;

/** Between the name of a bank or the word for an account and the number, when nothing else lies between. */
const DIRECT = /^(?:은행|뱅크|bank|번호)?[^A-Za-z0-9가-힣\n]{0,8}(?:은|는|이|가|is)?[^A-Za-z0-9가-힣\n]{0,3}$/i;

/**
 * Account numbers of Korean banks. They have neither a common form nor a check digit, so they are found where the
 * text names a bank, an account or a transfer.
 */
export const bankAccounts: Detector = {
  kinds: [KIND],
  find(searched) {
    const numbers = NumberText.of(searched);
    const findings: Finding[] = [];
    for (const run of numbers.runs) {
      const kind = kindOfLabel(numbers, run);
      if (kind === undefined) continue;
      for (const { start, end, match } of numbers.matches(run, NUMBER)) {
        if (AMOUNT.test(numbers.text.slice(end, end + LONGEST_UNIT))) continue;
        if (isAccount(match[0].replaceAll(' ', ''), kind, run.gap)) {
          findings.push({ kind: KIND, start, end });
        }
      }
    }
    return findings;
  },
};

/** What says that a run holds an account: a label in front, or one behind when there is none in front. */
function kindOfLabel(numbers: NumberText, run: NumberRun): LabelKind | undefined {
  if (run.end - run.start < FEWEST_DIGITS) return undefined;
  const kind = run.label === undefined ? numbers.behind(run) : run.label.kind;
  return kind === 'account' || kind === 'bank' || kind === 'bankWord' ? kind : undefined;
}

function isAccount(number: string, kind: LabelKind, gap: string): boolean {
  const digits = number.replaceAll('-', '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return false;
  const direct = DIRECT.test(gap);
  if (direct && kind === 'account') return true;
  if (PHONE.test(number) || TIME.test(number) || EPOCH.test(number) || isNumberOfSomebody(number, digits)) return false;
  if (kind !== 'bankWord' || (SPACED.test(gap) && USUAL.test(number))) return true;
  return (direct || NEAR.test(gap)) && THREE_GROUPS.test(number);
}

/** Registration numbers of persons and businesses that stand near a bank. */
function isNumberOfSomebody(number: string, digits: string): boolean {
  if (/^\d{6}-\d{7}$/.test(number)) return birthYear(digits) !== undefined;
  return /^\d{3}-\d{2}-\d{5}$/.test(number) && isBusinessNumber(digits);
}
