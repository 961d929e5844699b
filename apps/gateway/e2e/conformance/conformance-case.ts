import type { Cell } from './cell';
import type { Client, Lack } from './clients/client';
import type { UpstreamDialect } from './upstreams/upstream-dialect';

/** Something that every client must be able to do with every upstream. */
export interface ConformanceCase {
  readonly name: string;
  /** What a client must not lack for it. */
  readonly needs?: readonly Lack[];
  /** Pairs for which it makes sense; all when left out. */
  readonly suits?: (client: Client, upstream: UpstreamDialect) => boolean;
  readonly run: (cell: Cell) => Promise<void>;
}

/** The same case for a whole reply and for a stream. */
export function wholeAndStreamed(
  name: string,
  run: (cell: Cell, stream: boolean) => Promise<void>,
  more: { suits?: ConformanceCase['suits']; needs?: readonly Lack[]; streamNeeds?: readonly Lack[] } = {},
): ConformanceCase[] {
  const { needs = [], streamNeeds = [], suits } = more;
  const common = suits === undefined ? {} : { suits };
  return [
    { ...common, name: `${name}, whole`, needs, run: (cell) => run(cell, false) },
    { ...common, name: `${name}, streamed`, needs: [...needs, ...streamNeeds], run: (cell) => run(cell, true) },
  ];
}
