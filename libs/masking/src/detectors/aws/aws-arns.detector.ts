import { findCustomerArns } from './arn';
import { isAlphanumeric } from '../boundaries';
import type { Detector } from '../detector';

const KIND = 'aws-arn';

/**
 * The resource name of an ARN. Service, region and resource type stay readable, because a model reasons about them;
 * the account has its own finding.
 */
export const awsArns: Detector = {
  kinds: [KIND],
  find({ text }) {
    return findCustomerArns(text).flatMap(({ resource, resourceStart }) => {
      const start = startOfName(resource);
      const end = endOfName(resource);
      if (end <= start || resource === 'root') return [];
      return [{ kind: KIND, start: resourceStart + start, end: resourceStart + end }];
    });
  },
};

/** Offset of the name in `type/name` or `type:name`; a resource without a type is a name as a whole. */
function startOfName(resource: string): number {
  let start = resource.search(/[/:]/) + 1;
  while (resource[start] === '/' || resource[start] === ':') start += 1;
  return start;
}

/** Offset behind the last letter, digit or underscore: wildcards and the punctuation of a sentence stay outside. */
function endOfName(resource: string): number {
  let end = resource.length;
  while (end > 0 && !isAlphanumeric(resource.charCodeAt(end - 1)) && resource[end - 1] !== '_') end -= 1;
  return end;
}
