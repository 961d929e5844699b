import { findCustomerArns } from './arn';
import { isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';

const KIND = 'aws-account-id';
const ACCOUNT_DIGITS = 12;

/** Twelve digits, or three groups of four as the console shows them, but no part of a longer number or card. */
const CANDIDATE = /(?<![0-9])(?<![0-9]-)(?:\d{12}|\d{4}-\d{4}-\d{4})(?![A-Za-z0-9])(?!-\d)/g;

/** Host names that begin with the account: container registries, sign-in pages, control endpoints. */
const HOST_BEHIND = /^\.[a-z0-9.-]{1,64}?(?:amazonaws\.com|aws\.amazon\.com|on\.aws)/;
/** Queue URLs: `https://sqs.eu-west-1.amazonaws.com/123456789012/name`. */
const HOST_BEFORE = /\.amazonaws\.com(?:\.cn)?\\?\/$/;
const LONGEST_HOST = 96;

/**
 * Words that say that an account number follows. Between them and the number stands only punctuation or one filler
 * word, so no other value can lie between and the answer does not depend on what is masked around it.
 */
const CONTEXT_BEFORE =
  /(?:accounts?|acct|owner|계정)(?:[ _-]?(?:ids?|numbers?|num|no\.?|번호))?[^A-Za-z0-9]{0,8}(?:(?:is|are|was|of|for|in)[^A-Za-z0-9]{1,4})?$/i;
const LONGEST_CONTEXT = 40;

/** What stands between the items of a list of accounts. */
const LIST_GAP = /^[^A-Za-z0-9]{1,6}(?:(?:and|or)[^A-Za-z0-9]{1,4})?$/;
const LONGEST_GAP = 13;

/** Account numbers where something says that they are one: in ARNs and host names, or behind the word. */
export const awsAccountIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    const inArns = findCustomerArns(text).map((arn): Finding => {
      return { kind: KIND, start: arn.accountStart, end: arn.accountStart + ACCOUNT_DIGITS };
    });
    return [...inArns, ...findByContext(text)].sort((a, b) => a.start - b.start);
  },
};

function findByContext(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const start = match.index;
    const end = start + match[0].length;
    const previous = findings.at(-1);
    if (!isLeftBoundary(text, start)) continue;
    if (hasContext(text, start, end) || (previous !== undefined && continuesList(text, previous.end, start))) {
      findings.push({ kind: KIND, start, end });
    }
  }
  return findings;
}

function hasContext(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_CONTEXT), start);
  return (
    CONTEXT_BEFORE.test(before) || HOST_BEFORE.test(before) || HOST_BEHIND.test(text.slice(end, end + LONGEST_HOST))
  );
}

function continuesList(text: string, from: number, to: number): boolean {
  return to - from <= LONGEST_GAP && LIST_GAP.test(text.slice(from, to));
}
