import { blankTokens } from '../tokens/token-format';
import { awsAccessKeyIds } from './aws-access-key-ids.detector';
import { awsAccountIds } from './aws-account-ids.detector';
import { awsArns } from './aws-arns.detector';
import { awsResourceIds } from './aws-resource-ids.detector';
import { awsS3Buckets } from './aws-s3-buckets.detector';
import type { Detector, Finding } from './detector';
import { emails } from './emails.detector';

/**
 * All detectors. Where two find the same stretch the earlier one names it: an instance id keeps its kind, and with it
 * its token, inside an ARN.
 */
export const DETECTORS: readonly Detector[] = [
  awsAccessKeyIds,
  awsResourceIds,
  awsAccountIds,
  awsS3Buckets,
  emails,
  awsArns,
];

/**
 * Everything in a text that must not leave, in ascending order and without overlaps. Strings that look like tokens
 * are no part of any finding, so masking a masked text changes nothing.
 */
export function findAll(text: string): Finding[] {
  const visible = blankTokens(text);
  return resolveOverlaps(DETECTORS.flatMap((detector) => detector.find(visible)));
}

/**
 * The longest of overlapping findings wins and takes in what the others cover beyond it: dropping a finding that
 * only partly overlaps would let the rest of its value leave.
 */
export function resolveOverlaps(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const resolved: Finding[] = [];
  for (const finding of sorted) {
    const last = resolved.at(-1);
    if (last === undefined || finding.start >= last.end) resolved.push(finding);
    else if (finding.end > last.end) {
      const longer = finding.end - finding.start > last.end - last.start ? finding : last;
      resolved[resolved.length - 1] = { kind: longer.kind, start: last.start, end: finding.end };
    }
  }
  return resolved;
}
