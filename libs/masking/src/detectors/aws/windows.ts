import type { Span } from '../span';

/**
 * Stretches around places, joined where they overlap: to search them all takes no longer than to search the text,
 * however many places there are.
 *
 * @param places offsets in any order
 * @param before how far a stretch reaches to the left of a place
 * @param after how far it reaches to the right
 */
export function windowsAround(places: readonly number[], before: number, after: number): Span[] {
  const windows: { start: number; end: number }[] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = windows.at(-1);
    if (last !== undefined && place - before <= last.end) last.end = place + after;
    else windows.push({ start: Math.max(0, place - before), end: place + after });
  }
  return windows;
}

/** Matches of a global pattern that lie in the windows as a whole, with offsets into the text. */
export function matchesIn(text: string, windows: readonly Span[], global: RegExp): Span[] {
  return windows.flatMap(({ start, end }) => {
    /** One more on either side, so that look-arounds see what stands next to the window. */
    const from = Math.max(0, start - 1);
    return Array.from(text.slice(from, end + 1).matchAll(global), ({ index, 0: value }) => {
      return { start: from + index, end: from + index + value.length };
    });
  });
}
