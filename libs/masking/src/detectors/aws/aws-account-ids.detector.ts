import { isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { matchesAt } from '../matches-at';
import { contextBefore } from './context';
import { REGION } from './regions';

const KIND = 'aws-account-id';

/** Twelve digits, or three groups of four as the console shows them, but no part of a longer number or card. */
const CANDIDATE = /(?<![0-9])(?<![0-9]{2}-)(?:\d{12}|\d{4}-\d{4}-\d{4})(?![A-Za-z0-9])(?!-\d)/g;

const ACCOUNT = '(?<!(?:bank|checking|savings|deposit|은행)[ _-]{0,3})(?:account|acct|アカウント|账户|账号|계정)s?';
const NUMBER = String.raw`(?:[ _.-]?(?:ids?|identifiers?|numbers?|num|nos?\.?|번호|아이디))?(?: ?\([^()\n]{1,20}\))?`;
/** Settings and options that hold an account under another name. */
const OPTIONS = String.raw`(?<!project-)owners?(?:[ _-]?ids?)?|registry[_-]?ids?|catalog[_-]?id|(?:master|administrator|aws)[_-]?id|--principal|--user-ids?|\{UserId`;
const BEHIND_NAME = contextBefore(`${ACCOUNT}${NUMBER}|${OPTIONS}`);

/** The word further left in the same sentence, unless another word says that the number is something else. */
const IN_SENTENCE = new RegExp(`(?<=${ACCOUNT}([^\\n.;!?]{1,40}?))`, 'iy');
const SOMETHING_ELSE =
  /order|invoice|ticket|track|phone|tel|fax|time|date|created|balance|amount|size|bytes|count|serial|barcode|isbn|payment|card|bank|user|customer|at \d|주문|송장|시각|일시|전화|은행|[0-9]{9}/i;
const LOCAL_TIME = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/;

/** Text that only an account follows: ARNs, principals of policies, queue URLs, paths of logs, environments. */
const BEHIND_SHAPE = new RegExp(
  '(?<=' +
    [
      String.raw`arn:[^:\s]{1,60}:[a-z0-9*-]{1,40}:[^:\s]{0,62}:`,
      String.raw`["']?\bAWS["']?\s{0,3}[:=]\s{0,3}\[?\s{0,20}["']`,
      String.raw`\.amazonaws\.com(?:\.cn)?\/`,
      String.raw`AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?`,
      'aws://',
      String.raw`(?:Access|PowerUser)-`,
      `-${REGION}-`,
      String.raw`accounts?[ :]{1,2}[^\n()]{1,40}\(`,
    ].join('|') +
    ')',
  'y',
);

/** Host names that begin with the account, names that end in a region, file names and records of logs. */
const BEFORE_SHAPE = new RegExp(
  '(?=' +
    [
      String.raw`\.[a-z0-9.-]{1,64}?(?:amazonaws\.com|aws\.amazon\.com|on\.aws)`,
      `-${REGION}(?![0-9A-Za-z])`,
      '_(?:CloudTrail|vpcflowlogs|elasticloadbalancing|Config|WAFLogs)',
      ' eni-[0-9a-f]',
      String.raw`["'\x60*)\]]{0,3} (?:AWS )?(?:account(?![A-Za-z])|계정)`,
    ].join('|') +
    ')',
  'y',
);

/** What stands between the items of a list of accounts. */
const LIST_GAP = /^[^A-Za-z0-9]{1,32}(?:(?:and|or)[^A-Za-z0-9]{1,4})?$/;
const LONGEST_GAP = 40;

/** Account numbers where something says that they are one: in ARNs and host names, or behind the word. */
export const awsAccountIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    const findings: Finding[] = [];
    for (const match of text.matchAll(CANDIDATE)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!isLeftBoundary(text, start)) continue;
      if (hasContext(text, start, end) || continuesList(text, findings.at(-1)?.end, start)) {
        findings.push({ kind: KIND, start, end });
      }
    }
    return findings;
  },
};

function hasContext(text: string, start: number, end: number): boolean {
  if (matchesAt(BEHIND_SHAPE, text, start) || matchesAt(BEHIND_NAME, text, start)) return true;
  return matchesAt(BEFORE_SHAPE, text, end) || isInSentence(text, start, end);
}

function isInSentence(text: string, start: number, end: number): boolean {
  IN_SENTENCE.lastIndex = start;
  const between = IN_SENTENCE.exec(text)?.[1];
  return between !== undefined && !SOMETHING_ELSE.test(between) && !LOCAL_TIME.test(text.slice(start, end));
}

function continuesList(text: string, from: number | undefined, to: number): boolean {
  return from !== undefined && to - from <= LONGEST_GAP && LIST_GAP.test(text.slice(from, to));
}
