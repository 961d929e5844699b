import type { SearchedText } from '../../search/searched-text';
import { isAlphanumeric, LEFT_BOUNDARY, startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { ARN_KEYWORD, PARTITION } from './arn';
import { matchesAt } from './context';

const KIND = 'aws-s3-bucket';

/** Today's names are lower case and at most 63 long; those made before 2018 may have capitals, `_` and 255 units. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]';
const LONGEST_NAME = 255;
const SLASH = String.raw`\\?\/`;
const ENDPOINT_REST = String.raw`[a-z0-9.-]{0,64}?\.amazonaws\.(?:com|eu)`;

/** Forms where the name stands behind something that only precedes a bucket. */
const BEHIND_SCHEME = new RegExp(`s3[an]?:(?:${SLASH}){2}(?!arn:)(${NAME})`, 'iy');
const IN_ARN = new RegExp(
  `arn:${PARTITION}:s3:[a-z0-9-]{0,25}:(?:\\d{12})?:(?!accesspoint[/:]|job/|storage-lens)(${NAME})`,
  'y',
);
const BEHIND_ENDPOINT = new RegExp(
  String.raw`(?<![.-])${LEFT_BOUNDARY}s3${ENDPOINT_REST}(?:\.cn)?(?::\d{1,5})?${SLASH}(${NAME})`,
  'iy',
);
/** Pages of the console. */
const IN_CONSOLE = new RegExp(String.raw`s3\/(?:buckets|object|upload|bucket)\/(${NAME})`, 'y');

/** `name.s3.eu-west-1.amazonaws.com`, also dual-stack, website, accelerated and access point hosts. */
const BEFORE_ENDPOINT = new RegExp(String.raw`\.s3${ENDPOINT_REST}`, 'iy');

/** S3 bucket names in addresses, where only a bucket can stand. */
export const awsS3Buckets: Detector = {
  kinds: [KIND],
  keywords: ['s3:', 's3n:', 's3a:', 's3', ARN_KEYWORD, '.s3'],
  find(searched) {
    return [
      ...behind(searched, ['s3:', 's3n:', 's3a:'], BEHIND_SCHEME),
      ...behind(searched, [ARN_KEYWORD], IN_ARN),
      ...behind(searched, ['s3'], BEHIND_ENDPOINT),
      ...behind(searched, ['s3'], IN_CONSOLE),
      ...beforeEndpoint(searched),
    ];
  },
};

/** The captured name of every match, with which the match ends. */
function behind(searched: SearchedText, keywords: readonly string[], pattern: RegExp): Finding[] {
  return matchesAt(searched, keywords, pattern).map((match) => {
    const end = match.index + match[0].length;
    return { kind: KIND, start: end - (match[1] as string).length, end };
  });
}

function beforeEndpoint(searched: SearchedText): Finding[] {
  return matchesAt(searched, ['.s3'], BEFORE_ENDPOINT).flatMap(({ index: end }) => {
    const start = startOfRun(searched.text, end, isNameUnit, LONGEST_NAME);
    return end - start >= 3 ? [{ kind: KIND, start, end }] : [];
  });
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}
