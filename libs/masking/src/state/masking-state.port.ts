/**
 * Keeps small values for a while: what replies were restored from, and where. Names are digests and values are sealed
 * before they come here, so a store never sees what was masked.
 */
export interface MaskingStatePort {
  /** @returns the value of each name, in the order of `names`; undefined for what is not there or has expired */
  get(names: readonly string[]): Promise<readonly (Uint8Array | undefined)[]>;
  /** Replaces what was kept under the same names. */
  put(entries: readonly MaskingStateEntry[], ttlSeconds: number): Promise<void>;
}

/** A value and the name that it is kept under. */
export interface MaskingStateEntry {
  readonly name: string;
  readonly value: Uint8Array;
}
