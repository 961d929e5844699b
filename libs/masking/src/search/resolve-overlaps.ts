import type { Finding } from '../detectors/detector';

/**
 * The longest of overlapping findings wins and takes in what the others cover beyond it: dropping a finding that
 * only partly overlaps would let the rest of its value leave. Of findings of one stretch the first in the list wins.
 *
 * @returns findings in ascending order, without overlaps
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
