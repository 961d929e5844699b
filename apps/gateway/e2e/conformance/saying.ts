import type { Counts } from './counts';

/** What an upstream is told to say, in words that belong to no dialect. Lists are pieces of a stream. */
export interface Saying {
  readonly reasoning?: {
    readonly pieces: readonly string[];
    /** What only this upstream can read; left out where a dialect has none. */
    readonly proof: string;
  };
  readonly text?: readonly string[];
  readonly calls?: readonly SayingCall[];
  /** Pieces of the calls come mixed, where a dialect can do so. */
  readonly mixed?: boolean;
  /** The reply is cut short by the limit of tokens. */
  readonly cutShort?: boolean;
  readonly counts?: Counts;
}

export interface SayingCall {
  readonly id: string;
  readonly name: string;
  /** JSON of the arguments; none at all when there are none. */
  readonly pieces: readonly string[];
}

/** What a reply costs when nothing else is said. */
export const DEFAULT_COUNTS: Counts = { input: 7, cached: 0, output: 5 };
