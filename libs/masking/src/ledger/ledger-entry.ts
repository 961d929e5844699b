import type { MaskKind } from '../kinds/kinds';

/** A place in a restored text where the model had written a token. */
export interface RestoredPlace {
  readonly kind: MaskKind;
  /** Offsets of the value in the restored text. */
  readonly start: number;
  readonly end: number;
  /** What the model wrote there: the token, perhaps in lower case. */
  readonly written: string;
}

/** What a text of a reply was before it was restored, as its differences from what the client got. */
export type LedgerEntry = readonly RestoredPlace[];
