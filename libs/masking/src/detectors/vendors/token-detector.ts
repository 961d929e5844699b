import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { isStandIn, isTypedByHand } from './stand-ins';
import type { TokenRule } from './token-rule';

const DEFAULT_ENTROPY = 2.5;
const OUTSIDE_BASE64 = [String.raw`(?<!\+|[A-Za-z0-9+]\/)`, String.raw`(?!\+|\/[A-Za-z0-9+])`] as const;

interface CompiledRule {
  readonly rule: TokenRule;
  readonly prefix: string;
  /** Matches where the prefix begins; its first group is the lead, its second the secret, if the rule has them. */
  readonly pattern: RegExp;
  /** Whether the prefix must begin where a value may begin; a lead sees to that itself. */
  readonly bounded: boolean;
}

/**
 * Finds tokens by a table of rules. Only where a prefix occurs is a pattern tried, and a pattern that has matched is not
 * tried again inside its match, so texts that repeat a prefix take linear time too.
 */
export function tokenDetector(rules: readonly TokenRule[]): Detector {
  const byKeyword = compile(rules);
  return {
    kinds: [...new Set(rules.map(({ kind }) => kind))],
    keywords: [...byKeyword.keys()],
    find(searched) {
      const findings: Finding[] = [];
      for (const [keyword, compiled] of byKeyword) {
        const hits = searched.at(keyword);
        if (hits.length > 0) for (const rule of compiled) findByRule(searched.text, hits, rule, findings);
      }
      return findings;
    },
  };
}

function compile(rules: readonly TokenRule[]): Map<string, CompiledRule[]> {
  const byKeyword = new Map<string, CompiledRule[]>();
  for (const rule of rules) {
    for (const prefix of rule.prefixes) {
      const keyword = prefix.toLowerCase();
      const bounded = rule.lead === undefined && isAlphanumeric(prefix.charCodeAt(0));
      const compiled = { rule, prefix, pattern: patternOf(rule, prefix), bounded };
      byKeyword.set(keyword, [...(byKeyword.get(keyword) ?? []), compiled]);
    }
  }
  return byKeyword;
}

function patternOf(rule: TokenRule, prefix: string): RegExp {
  const literal = prefix.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const [before, after] = rule.outsideBase64 === true ? OUTSIDE_BASE64 : ['', ''];
  return new RegExp(`${before}(?<=(${rule.lead ?? ''}))${literal}(?:${rule.rest})${after}`, 'y');
}

function findByRule(text: string, hits: readonly number[], compiled: CompiledRule, findings: Finding[]): void {
  const { pattern, bounded } = compiled;
  let done = 0;
  for (const at of hits) {
    if (at < done || (bounded && !isLeftBoundary(text, at))) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    done = pattern.lastIndex;
    const found = findingOf(match, compiled);
    if (found !== undefined) findings.push(found);
  }
}

/** The finding of a match, unless it is a placeholder. What counts is all but the prefix, which all tokens share. */
function findingOf(match: RegExpExecArray, { rule, prefix }: CompiledRule): Finding | undefined {
  const [whole, lead, group] = match as unknown as [string, string, string | undefined];
  const secret = group ?? lead + whole.slice(prefix.length);
  if (rule.chosen === true ? isTypedByHand(secret) : isStandIn(secret, rule.minEntropy ?? DEFAULT_ENTROPY)) {
    return undefined;
  }
  if (rule.needs?.test(secret) === false) return undefined;
  const end = endOf(match, lead);
  return {
    kind: rule.kind,
    start: group === undefined ? match.index - lead.length : match.index + whole.length - group.length,
    end,
  };
}

/** Without the period of a sentence, or the second underscore of emphasis. */
function endOf({ index, input, 0: whole }: RegExpExecArray, lead: string): number {
  const end = index + whole.length;
  const last = whole.at(-1);
  const emphasis = last === '_' && input[index - lead.length - 1] === '_';
  return last === '.' || emphasis ? end - 1 : end;
}
