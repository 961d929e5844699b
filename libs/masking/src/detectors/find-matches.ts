import type { Finding } from './detector';

/**
 * What is found at the matches of a global pattern. They are looked at one by one: a list of them all would outlive the
 * search, and a long text has a hundred thousand.
 *
 * @param pattern with the flag `g`, and matching no empty text
 * @param findingAt tells what a match is, or undefined when it is nothing
 */
export function findMatches(
  text: string,
  pattern: RegExp,
  findingAt: (match: RegExpExecArray) => Finding | undefined,
): Finding[] {
  const findings: Finding[] = [];
  // An iterator of matches costs more than all else where there are many.
  const matcher = new RegExp(pattern);
  for (let match = matcher.exec(text); match !== null; match = matcher.exec(text)) {
    const found = findingAt(match);
    if (found !== undefined) findings.push(found);
  }
  return findings;
}
