import { ARN_KEYWORD, findCustomerArns, type CustomerArn } from './arn';
import { isAlphanumeric } from '../boundaries';
import type { Detector } from '../detector';

const KIND = 'aws-arn';

/** Services whose resources are named without a type in front: `arn:aws:sns:…:MyTopic:subscription`. */
const UNTYPED: ReadonlySet<string> = new Set(['sns', 'sqs', 'codecommit', 'codepipeline', 'execute-api']);

/** Resources that every account has under the same name. */
const PUBLIC_NAME = /^(?:root|service-role|aws-service-role(?:\/[a-z0-9.-]+\.amazonaws\.com)?|aws\/[a-z-]+)$/;

/**
 * The resource name of an ARN. Service, region and resource type stay readable, because a model reasons about them;
 * the account has its own finding.
 */
export const awsArns: Detector = {
  kinds: [KIND],
  keywords: [ARN_KEYWORD],
  find(searched) {
    return findCustomerArns(searched).flatMap((arn) => {
      const start = startOfName(arn);
      const end = endOfName(arn.resource);
      if (end <= start || PUBLIC_NAME.test(arn.resource.slice(start, end))) return [];
      return [{ kind: KIND, start: arn.resourceStart + start, end: arn.resourceStart + end }];
    });
  },
};

/** Offset of the name in `type/name` or `type:name`; a resource without a type is a name as a whole. */
function startOfName({ service, resource }: CustomerArn): number {
  const separator = UNTYPED.has(service) ? -1 : resource.slice(1).search(/[/:]/);
  let start = separator === -1 ? 0 : separator + 2;
  while (start < resource.length && !isNameUnit(resource.charCodeAt(start))) start += 1;
  return start;
}

/** Offset behind the last letter, digit or underscore: wildcards and the punctuation of a sentence stay outside. */
function endOfName(resource: string): number {
  let end = resource.length;
  while (end > 0 && !isNameUnit(resource.charCodeAt(end - 1))) end -= 1;
  return end;
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x5f;
}
