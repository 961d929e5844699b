import type { SearchedText } from '../searched-text';
import { isAlphanumeric, startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { ARN_KEYWORD, PARTITION } from './arn';
import { matchesAtKeywords } from './context';

const KIND = 'aws-s3-bucket';

/** Today's names are lower case and at most 63 long; those made before 2018 may have capitals, `_` and 255 units. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]';
const SHORTEST_NAME = 3;
const SLASH = String.raw`\\?\/`;
/** Forms where the name stands behind something that only precedes a bucket. */
const BEHIND_SCHEME = new RegExp(`s3[an]?:(?:${SLASH}){2}(?!arn:)(${NAME})`, 'iy');
const IN_ARN = new RegExp(
  `arn:${PARTITION}:s3:[a-z0-9-]{0,25}:(?:\\d{12})?:(?!accesspoint[/:]|job/|storage-lens)(${NAME})`,
  'y',
);
/** Pages of the console. */
const IN_CONSOLE = new RegExp(String.raw`s3\/(?:buckets|object|upload|bucket)\/(${NAME})`, 'y');

/** The label of the service in a host name: `s3`, `s3-website-us-east-1`, `s3-accelerate`. */
const SERVICE_LABEL = /(?:^|\.)s3(?=[.-]|$)/gi;
/** Longest part of a host name behind a bucket, and longest name: what lies further left belongs to something else. */
const LONGEST_HOST = 128;
const ENDPOINTS = ['.amazonaws.com', '.amazonaws.eu'];
const PATH = new RegExp(`.amazonaws\\.(?:com(?:\\.cn)?|eu)(?::\\d{1,5})?${SLASH}(${NAME})`, 'iy');

/** S3 bucket names in addresses, where only a bucket can stand. */
export const awsS3Buckets: Detector = {
  kinds: [KIND],
  keywords: ['s3:', 's3n:', 's3a:', 's3/', ARN_KEYWORD, ...ENDPOINTS],
  find(searched) {
    return [
      ...behind(searched, ['s3:', 's3n:', 's3a:'], BEHIND_SCHEME),
      ...behind(searched, [ARN_KEYWORD], IN_ARN),
      ...behind(searched, ['s3/'], IN_CONSOLE),
      ...ENDPOINTS.flatMap((endpoint) => searched.at(endpoint).flatMap((at) => inHost(searched.text, at))),
    ];
  },
};

/** Names in documentation that stand for one, such as `BUCKET_NAME`. */
const PLACEHOLDER = /^[A-Z_-]+$/;

/** The captured name of every match, with which the match ends. */
function behind(searched: SearchedText, keywords: readonly string[], pattern: RegExp): Finding[] {
  return matchesAtKeywords(searched, keywords, pattern).flatMap((match): Finding[] => {
    const name = match[1] as string;
    const end = match.index + match[0].length;
    return PLACEHOLDER.test(name) ? [] : [{ kind: KIND, start: end - name.length, end }];
  });
}

/** The bucket in front of the service, as in `name.s3.eu-west-1.amazonaws.com`, or in the path behind the host name. */
function inHost(text: string, at: number): Finding[] {
  if (!/s3/i.test(text.slice(Math.max(0, at - LONGEST_HOST), at))) return [];
  const start = startOfRun(text, at, isNameUnit, LONGEST_HOST);
  const host = text.slice(start, at);
  const label = Array.from(host.matchAll(SERVICE_LABEL)).at(-1);
  if (label === undefined) return [];
  if (label.index >= SHORTEST_NAME) return [{ kind: KIND, start, end: start + label.index }];
  PATH.lastIndex = at;
  const name = label.index === 0 ? PATH.exec(text)?.[1] : undefined;
  return name === undefined ? [] : [{ kind: KIND, start: PATH.lastIndex - name.length, end: PATH.lastIndex }];
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}
