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

/** Takes the marks « and » out of a text and keeps where they stood. */
export function sampleOf(kind: MaskKind, marked: string): Sample {
  const values: { kind: MaskKind; start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split('»')) {
    const at = part.indexOf('«');
    if (at === -1) text += part;
    else {
      const start = text.length + at;
      text += part.slice(0, at) + part.slice(at + 1);
      values.push({ kind, start, end: text.length });
    }
  }
  return { text, values };
}
