import type { MaskKind } from '../kinds/kinds';

/** A place in a restored text where the model had written a token. */
export interface RestoredPlace {
  readonly kind: MaskKind;
  /** Offsets of the value in the restored text. */
  readonly start: number;
  readonly end: number;
  /** What the model wrote there: the token, perhaps in lower case. */
  readonly written: string;
  /** How many times the value is escaped there, because the text quotes JSON that holds it; 0 unless given. */
  readonly level?: number;
}

/** What a text of a reply was before it was restored, as its differences from what the client got. */
export type LedgerEntry = readonly RestoredPlace[];

/** A text of a reply as the client got it, which must be masked to what the model wrote when it comes back. */
export interface RestoredText {
  readonly restored: string;
  /** Empty when nothing was restored in it and masking would change it all the same. */
  readonly places: LedgerEntry;
}

/** The value that stands at a place of a text, without the escapes of the JSON around it. */
export function valueAt(text: string, { start, end, level = 0 }: RestoredPlace): string {
  let value = text.slice(start, end);
  for (let left = level; left > 0; left -= 1) value = JSON.parse(`"${value}"`) as string;
  return value;
}
