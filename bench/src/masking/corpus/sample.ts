import type { MaskKind } from '@sallyport/masking';
import type { Random } from '../random';

/** Makes values of one kind in the setting in which they usually stand. */
export interface ValueSource {
  readonly kind: MaskKind;
  /** @returns a text in which the value stands between « and » */
  readonly make: (random: Random) => string;
}

/** A text and the values in it. */
export interface Sample {
  readonly text: string;
  /** Places of the values, ascending; offsets count UTF-16 units. */
  readonly values: readonly { readonly kind: MaskKind; readonly start: number; readonly end: number }[];
}

/** A value between marks, and in front of it the kind, when it is another one than that of the text. */
const MARKED = /«(?:([a-z0-9-]+)\|)?([^»]*)»/g;

/** Takes the marks « and » out of a text and keeps where they stood. */
export function sampleOf(kind: MaskKind, marked: string): Sample {
  const values: { kind: MaskKind; start: number; end: number }[] = [];
  let text = '';
  let at = 0;
  for (const { 0: whole, 1: ownKind, 2: value = '', index } of marked.matchAll(MARKED)) {
    text += marked.slice(at, index);
    values.push({ kind: (ownKind ?? kind) as MaskKind, start: text.length, end: text.length + value.length });
    text += value;
    at = index + whole.length;
  }
  return { text: text + marked.slice(at), values };
}
