import type { MaskKind } from '../kinds/kinds';

/**
 * What is done with a value:
 * - `reversible`: masked, and restored in the reply.
 * - `one-way`: masked, and never restored.
 * - `block`: the request is refused.
 * - `allow`: left as it is, and counted.
 */
export const POLICY_ACTIONS = ['reversible', 'one-way', 'block', 'allow'] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

/** What became of a finding. `report`: it was left because nothing is masked at all, only counted. */
export type Decision = PolicyAction | 'report';

/** What is done with the values of each kind. */
export interface MaskingPolicy {
  /** Kinds that are not named are reversible. */
  readonly actions: ReadonlyMap<MaskKind, PolicyAction>;
  /** Findings are counted and nothing is changed or refused. */
  readonly reportOnly: boolean;
}

/** Masks and restores the values of every kind. */
export const MASK_EVERYTHING: MaskingPolicy = { actions: new Map(), reportOnly: false };

/** What is done with a value of a kind. */
export function decide({ actions, reportOnly }: MaskingPolicy, kind: MaskKind): Decision {
  return reportOnly ? 'report' : (actions.get(kind) ?? 'reversible');
}

/** How often each decision was taken about each kind. */
export class DecisionCounts {
  private readonly counts = new Map<Decision, Map<MaskKind, { count: number }>>();

  /** Counts one more decision. */
  add(kind: MaskKind, decision: Decision): void {
    let ofKinds = this.counts.get(decision);
    if (ofKinds === undefined) this.counts.set(decision, (ofKinds = new Map<MaskKind, { count: number }>()));
    const known = ofKinds.get(kind);
    if (known === undefined) ofKinds.set(kind, { count: 1 });
    else known.count += 1;
  }

  *[Symbol.iterator](): IterableIterator<{ kind: MaskKind; decision: Decision; count: number }> {
    for (const [decision, ofKinds] of this.counts) {
      for (const [kind, { count }] of ofKinds) yield { kind, decision, count };
    }
  }

  /** How many values of each kind were masked, repetitions included. */
  get masked(): ReadonlyMap<MaskKind, number> {
    const masked = new Map<MaskKind, number>();
    for (const { kind, decision, count } of this) {
      if (decision === 'reversible' || decision === 'one-way') masked.set(kind, (masked.get(kind) ?? 0) + count);
    }
    return masked;
  }
}
