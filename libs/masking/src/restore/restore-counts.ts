import type { MaskKind } from '../kinds/kinds';

/**
 * What became of a granted token in a reply:
 * - `restored`: the client got its value.
 * - `withheld-tool`: left as it was, because a tool that talks to other hosts would have got it.
 * - `withheld-url`: left as it was, because it stands in a URL of a host that the client did not name.
 */
export type RestoreOutcome = 'restored' | 'withheld-tool' | 'withheld-url';

interface RestoreCount {
  readonly kind: MaskKind;
  readonly outcome: RestoreOutcome;
  readonly count: number;
}

/** How often which outcome came about for each kind in one reply. */
export class RestoreCounts {
  private readonly counts = new Map<string, { kind: MaskKind; outcome: RestoreOutcome; count: number }>();
  private notGranted = 0;

  /** Counts one more token that was granted. */
  add(kind: MaskKind, outcome: RestoreOutcome): void {
    const key = `${kind} ${outcome}`;
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { kind, outcome, count: 1 });
    else known.count += 1;
  }

  /** Counts token-like strings that were not granted. */
  addUnknown(count: number): void {
    this.notGranted += count;
  }

  /** How many token-like strings were left as they were because the request was not granted them. */
  get unknown(): number {
    return this.notGranted;
  }

  *[Symbol.iterator](): IterableIterator<RestoreCount> {
    yield* this.counts.values();
  }
}
