import type { DecisionCounts, MaskKind, RestoreCounts } from '@sallyport/masking';

/** Fields of a call's log line. They tell kinds and counts, never a value or a token. */
type AuditFields = Record<string, string>;

/** Names of the fields for all decisions but `reversible`. */
const FIELD_OF_DECISION = {
  'one-way': 'masked_one_way',
  block: 'blocked',
  allow: 'allowed',
  report: 'reported',
} as const;

/** How many values of each kind were masked, such as `email=2,aws-arn=1`; empty when none was. */
export function maskedCounts(decisions: DecisionCounts): string {
  return joined(decisions.masked);
}

/** What was found in a request: `masked`, and in fields of their own what was blocked, allowed or only reported. */
export function requestFields(decisions: DecisionCounts): AuditFields {
  const counts = new Map<string, Map<MaskKind, number>>([['masked', new Map(decisions.masked)]]);
  for (const { kind, decision, count } of decisions) {
    if (decision !== 'reversible') add(counts, FIELD_OF_DECISION[decision], kind, count);
  }
  return fieldsOf(counts);
}

/** What became of tokens in a reply: `restored`, and `withheld` for those that a sink must not get. */
export function replyFields(outcomes: RestoreCounts): AuditFields {
  const counts = new Map<string, Map<MaskKind, number>>();
  for (const { kind, outcome, count } of outcomes) {
    add(counts, outcome === 'restored' ? 'restored' : 'withheld', kind, count);
  }
  const unknown: AuditFields = outcomes.unknown === 0 ? {} : { unknown_tokens: String(outcomes.unknown) };
  return { ...fieldsOf(counts), ...unknown };
}

function add(counts: Map<string, Map<MaskKind, number>>, field: string, kind: MaskKind, count: number): void {
  const kinds = counts.get(field) ?? new Map<MaskKind, number>();
  counts.set(field, kinds.set(kind, (kinds.get(kind) ?? 0) + count));
}

function fieldsOf(counts: ReadonlyMap<string, ReadonlyMap<MaskKind, number>>): AuditFields {
  const filled = [...counts].filter(([, kinds]) => kinds.size > 0);
  return Object.fromEntries(filled.map(([field, kinds]) => [field, joined(kinds)]));
}

function joined(kinds: ReadonlyMap<MaskKind, number>): string {
  return Array.from(kinds, ([kind, count]) => `${kind}=${count}`).join(',');
}
