import { RE2JS } from 're2js';
import type { Detector, Finding } from '../detectors/detector';
import type { MaskKind, OwnKind } from '../kinds/kinds';
import type { PolicyAction } from './masking-policy';

/** A rule of the configuration, checked for its form only. */
interface OwnRuleText {
  readonly name: string;
  /** In the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), which is that of Go. */
  readonly pattern: string;
  /** Number of the group that is the value; 0 is the whole match. */
  readonly group: number;
  readonly keywords: readonly string[];
  readonly action: PolicyAction;
}

/** A rule of the configuration that can be used. */
export interface OwnRule {
  readonly detector: Detector;
  readonly kind: MaskKind;
  readonly action: PolicyAction;
}

/**
 * Makes a rule of the configuration a detector. RE2 searches in time linear in the text, whatever the pattern: nobody
 * can bring the proxy to a halt with a rule, or with a text made for one.
 *
 * @throws Error whose message says what is wrong with the rule
 */
export function compileOwnRule({ name, pattern, group, keywords, action }: OwnRuleText): OwnRule {
  const compiled = compilePattern(pattern);
  if (compiled.matcher('').find()) throw new Error('the pattern matches the empty text, and so everywhere');
  if (group > compiled.groupCount()) throw new Error(`the pattern has no group ${group}`);
  const kind: OwnKind = `own-${name}`;
  const detector: Detector = {
    kinds: [kind],
    ...(keywords.length === 0 ? {} : { keywords: keywords.map((keyword) => keyword.toLowerCase()) }),
    find: ({ text }) => findIn(text, compiled, kind, group),
  };
  return { detector, kind, action };
}

/** @throws Error that says why the pattern cannot be used */
export function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new Error(`the pattern is not valid (${(error as Error).message})`, { cause: error });
  }
}

function findIn(text: string, pattern: RE2JS, kind: MaskKind, group: number): Finding[] {
  const findings: Finding[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const start = matcher.start(group);
    const end = matcher.end(group);
    // A group that took no part stands at -1; an empty value cannot be masked.
    if (start >= 0 && end > start) findings.push({ kind, start, end });
  }
  return findings;
}
