import type { Detector, Finding } from '../detector';
import { isBucketInProse, isBucketSetting, isBucketWord } from './bucket-names';

const KIND = 'aws-s3-bucket';

/** The word and what makes it a setting: `S3_BUCKET_NAME`, `--bucket`, `bucketName`, `버킷`. */
const WORD = /(?:[Bb]uckets?|BUCKETS?)(?:[_-]?(?:[Nn]ame|NAME))?|[Cc]opy-?[Ss]ource|버킷/g;

const NAME = '[a-z0-9](?:[a-z0-9-]|\\.(?=[a-z0-9])){1,61}[a-z0-9]';
/** Behind the name: no call, member, template or longer identifier. */
const NAME_END = '(?![A-Za-z0-9({[$]|_[A-Za-z0-9]|[.-](?:[A-Za-z0-9_]|[$%{<*[]))';
const QUOTE = String.raw`\\{0,3}["'\x60]`;

/** `"Bucket": "name"`, `BUCKET=name`, `--bucket name`, `<Bucket>name<`, `Bucket("name")`, a line of YAML, or an event of S3. */
const IN_SETTING = new RegExp(
  `(?:${QUOTE}\\]?)?\\s{0,3}(?:[:=]>?|\\()\\s{0,3}(?:${QUOTE})\\/?(${NAME})(?=[/'"\x60\\\\])` +
    `|(?:=|>(?:<Name>)?)(${NAME})${NAME_END}` +
    `|(?<=--(?:[a-z0-9-]{1,30}-)?bucket(?:-name)?)\\s{1,3}(${NAME})${NAME_END}` +
    `|${QUOTE}\\s{0,3}:\\s{0,3}\\{\\s{0,40}${QUOTE}name${QUOTE}\\s{0,3}:\\s{0,3}${QUOTE}(${NAME})(?=["\\\\])` +
    `|:[ \\t]{1,3}(${NAME})(?=[ \\t]{0,3}(?:$|[\\r\\n#,}/]|\\\\n))`,
  'y',
);

/** Settings that hold nothing but a bucket's name, by what stands before their value. */
const CERTAIN_SETTING =
  /--bucket(?:-name)?$|(?:[Ss]3|S3_|s3_)-?[Bb]ucket$|S3_BUCKET$|[_-]?(?:Name|name|NAME)$|^Bucket$/;

const TAG = '(?:<[a-z]{1,6}>)?';
const MARKUP = String.raw`["'\x60“‘「*:=|>([_\s]`;
const FILLER = '(?:(?:name|named|called|is|이름[은이]?)[ \\t:=]{1,2}){0,2}';
/** "bucket `acme-logs-1`", "buckets named acme-prod-logs", but not `bucket-2`. */
const BEHIND_WORD = new RegExp(
  `(?![A-Za-z0-9_.([-])[가-힣]{0,4}${MARKUP}{0,6}${FILLER}(?:- )?${TAG}${MARKUP}{0,5}(?:[?&][A-Za-z_]{1,20}=)?[가-힣]{0,4}(${NAME})${NAME_END}`,
  'y',
);
/** "the `acme-logs-1` bucket", "**acme-logs-1** S3 bucket", "acme-logs-1 버킷" */
const BEFORE_WORD = new RegExp(
  `(?<=(?<![A-Za-z0-9._/-])(${NAME})["'\x60*_)\\]|]{0,4}(?:</[a-z]{1,6}>)?(?: (?:(?:[Ss]3|AWS) )?| ?(?=버킷)))`,
  'y',
);
const NEXT_IN_LIST = new RegExp(`["'\x60]?(?:,\\s{0,3}(?:and )?| and | or | 및 )["'\x60]?(${NAME})${NAME_END}`, 'y');

/** What shows that buckets of S3 are the topic, near the word. */
const TOPIC = /S3|s3:|s3api|\baws\b|AWS|Amazon|버킷|(?:named|called) ?$/;
const TOPIC_DISTANCE = 64;

/** Without a dash, a digit or an assignment near the word there is no name, and near most words there is none. */
const SIGN_OF_NAME = /[-\d=:>(]/g;
const NEIGHBOURHOOD = 96;

/** S3 bucket names next to the word: in settings, options, code and prose. */
export const awsBucketWords: Detector = {
  kinds: [KIND],
  find({ text }) {
    const findings: Finding[] = [];
    let sign = -1;
    for (const { index, 0: word } of text.matchAll(WORD)) {
      const end = index + word.length;
      if (sign < index - NEIGHBOURHOOD) sign = nextSign(text, Math.max(0, index - NEIGHBOURHOOD));
      if (sign <= end + NEIGHBOURHOOD) findings.push(...around(text, index, end));
    }
    return findings;
  },
};

function nextSign(text: string, from: number): number {
  SIGN_OF_NAME.lastIndex = from;
  return SIGN_OF_NAME.test(text) ? SIGN_OF_NAME.lastIndex - 1 : text.length;
}

function around(text: string, start: number, end: number): Finding[] {
  const setting = inSetting(text, start, end);
  if (setting !== undefined) return [setting];
  if (/^copy/i.test(text.slice(start, end))) return [];
  return [...behindWord(text, end), ...beforeWord(text, start)];
}

function inSetting(text: string, start: number, end: number): Finding | undefined {
  IN_SETTING.lastIndex = end;
  const match = IN_SETTING.exec(text);
  const name = match?.slice(1).find((group) => group !== undefined);
  if (match === null || name === undefined) return undefined;
  const head = text.slice(Math.max(0, start - 3), end);
  const from = match.index + match[0].lastIndexOf(name);
  const found = { kind: KIND, start: from, end: from + name.length } as const;
  if (isBucketSetting(name)) return found;
  const certain = CERTAIN_SETTING.test(head) || /^\W{0,3}Bucket$/.test(head);
  return certain && isBucketWord(name) && isLiteral(text, head, found) ? found : undefined;
}

/** Whether a plain word is a value, and no variable of a program and no word of a sentence about an option. */
function isLiteral(text: string, setting: string, { start, end }: Finding): boolean {
  const before = text.slice(start - 1, start);
  if (/["'\x60\\/>]/.test(before)) return true;
  if (before === '=') return setting === setting.toUpperCase();
  if (/Bucket(?:Name)?$/.test(setting)) return true;
  return /^\s*(?:$|[\\|;&\x60'")]|--?[a-z])/.test(text.slice(end, end + 4));
}

function behindWord(text: string, end: number): Finding[] {
  const findings: Finding[] = [];
  let pattern = BEHIND_WORD;
  for (let at = end; ;) {
    const found = nameAt(pattern, text, at);
    if (found === undefined || !isBucketInProse(found.name, () => isTopic(text, found.start))) return findings;
    at = found.start + found.name.length;
    findings.push({ kind: KIND, start: found.start, end: at });
    pattern = NEXT_IN_LIST;
  }
}

function beforeWord(text: string, start: number): Finding[] {
  BEFORE_WORD.lastIndex = start;
  const name = BEFORE_WORD.exec(text)?.[1];
  if (name === undefined || !isBucketInProse(name, () => isTopic(text, start))) return [];
  const from = text.lastIndexOf(name, start - 1);
  return [{ kind: KIND, start: from, end: from + name.length }];
}

function nameAt(pattern: RegExp, text: string, at: number): { name: string; start: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const name = match?.[1];
  return match === null || name === undefined
    ? undefined
    : { name, start: match.index + match[0].length - name.length };
}

function isTopic(text: string, at: number): boolean {
  return TOPIC.test(text.slice(Math.max(0, at - TOPIC_DISTANCE), at + TOPIC_DISTANCE));
}
