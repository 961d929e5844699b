/** What a reply cost, in tokens. */
export interface Counts {
  /** The whole input, cached tokens included. */
  readonly input: number;
  /** The part of the input that came from a cache. */
  readonly cached: number;
  /** The whole output, reasoning included. */
  readonly output: number;
}

/** Why a reply ended. */
export type Ending = 'done' | 'calls' | 'length';
