import { isAlphanumeric, LEFT_BOUNDARY, startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';

const KIND = 'aws-s3-bucket';

/** Today's names are lower case and at most 63 long; those made before 2018 may have capitals, `_` and 255 units. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]';
const LONGEST_NAME = 255;
const SLASH = String.raw`\\?\/`;
const ENDPOINT_REST = String.raw`[a-z0-9.-]{0,64}?\.amazonaws\.com`;

/** Forms where the name stands behind something that only precedes a bucket. */
const BEHIND_SCHEME = new RegExp(`[sS]3[anAN]?:(?:${SLASH}){2}(?!arn:)(${NAME})`, 'g');
const IN_ARN = new RegExp(`arn:aws(?:-[a-z]{1,5}){0,3}:s3:::(${NAME})`, 'g');
const BEHIND_ENDPOINT = new RegExp(
  String.raw`(?<![.-])${LEFT_BOUNDARY}s3${ENDPOINT_REST}(?:\.cn)?(?::\d{1,5})?${SLASH}(${NAME})`,
  'g',
);

/** `name.s3.eu-west-1.amazonaws.com`, also dual-stack, website, accelerated and access point hosts. */
const BEFORE_ENDPOINT = new RegExp(String.raw`\.s3${ENDPOINT_REST}`, 'g');

/**
 * A setting called bucket: `"Bucket": "name"`, `S3_BUCKET_NAME=name`, `--bucket name`, `<Bucket>name<`, or a line of
 * YAML. The name must hold a dash or a digit next to letters, as plain words behind "bucket" are mostly prose or types.
 */
const SETTING = String.raw`(?:[Bb]ucket|BUCKET)(?:[_-]?(?:[Nn]ame|NAME))?`;
const PLAIN_NAME = String.raw`[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?![A-Za-z0-9_([]|[.-][A-Za-z0-9])`;
const QUOTE = String.raw`\\{0,3}["'\x60]`;
const IN_SETTING = new RegExp(
  `${SETTING}(?:` +
    `(?:${QUOTE})?\\s{0,3}[:=]>?\\s{0,3}${QUOTE}(${PLAIN_NAME})${QUOTE}` +
    String.raw`|(?:=|>|(?<=--bucket|--bucket-name)\s)(${PLAIN_NAME})` +
    String.raw`|:\s{1,3}(${PLAIN_NAME})(?=[ \t]{0,3}(?:$|[\r\n#,}]|\\n))` +
    ')',
  'g',
);
const NAME_LIKE = /(?=.*[0-9-])(?=.*[a-z])/;

/** S3 bucket names in the places where only a bucket can stand. */
export const awsS3Buckets: Detector = {
  kinds: [KIND],
  find({ text }) {
    const endpoints = text.includes('amazonaws.com');
    return [
      ...behind(text, BEHIND_SCHEME),
      ...behind(text, IN_ARN),
      ...(endpoints ? behind(text, BEHIND_ENDPOINT) : []),
      ...(endpoints ? beforeEndpoint(text) : []),
      ...behind(text, IN_SETTING).filter(({ start, end }) => NAME_LIKE.test(text.slice(start, end))),
    ].sort((a, b) => a.start - b.start);
  },
};

/** The captured name of every match. The patterns capture one name, last but for quotes. */
function behind(text: string, pattern: RegExp): Finding[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const name = match.slice(1).find((group) => group !== undefined) as string;
    const start = match.index + match[0].lastIndexOf(name);
    return { kind: KIND, start, end: start + name.length };
  });
}

function beforeEndpoint(text: string): Finding[] {
  return Array.from(text.matchAll(BEFORE_ENDPOINT)).flatMap(({ index: end }) => {
    const start = startOfRun(text, end, isNameUnit, LONGEST_NAME);
    return end - start >= 3 ? [{ kind: KIND, start, end }] : [];
  });
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}
