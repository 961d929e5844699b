import type { OutboxBatch } from './open-batch';

/** How long a place that has refused is not asked again. */
const ASK_AGAIN_MS = 30_000;

/** Batches that wait for a place that has refused, the next to try first. */
export interface Postponed {
  readonly batches: readonly OutboxBatch[];
  /** Milliseconds since the epoch; before then none is tried. */
  readonly askAgainAt: number;
}

export const NONE_POSTPONED: Postponed = { batches: [], askAgainAt: 0 };

/** Adds one that was refused now, behind those that were not tried as lately. */
export function withRefused({ batches }: Postponed, batch: OutboxBatch): Postponed {
  return { batches: [...batches, batch], askAgainAt: Date.now() + ASK_AGAIN_MS };
}

/** Adds one that need not be tried while its place refuses. */
export function withUntried({ batches, askAgainAt }: Postponed, batch: OutboxBatch): Postponed {
  return { batches: [...batches, batch], askAgainAt };
}

/** Whether there are some, and it is too early to try them. */
export function isRefusing({ batches, askAgainAt }: Postponed): boolean {
  const leftMs = askAgainAt - Date.now();
  // More is left than was ever given when the clock went back.
  return batches.length > 0 && leftMs > 0 && leftMs <= ASK_AGAIN_MS;
}
