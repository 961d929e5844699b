import { isDigit } from '../korea/number-text';

const SHORTEST = 13;
const LONGEST = 19;
const GROUP = 4;
/** American Express and Diners Club print 4-6-5 and 4-6-4. */
const WIDE_GROUP = 6;
const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;
const DASH = 0x2d;

/** Digits that are written like a card. */
export interface CardShape {
  readonly start: number;
  /** Where it may end, the farthest first: the last group may belong to the number or to what follows. */
  readonly ends: readonly number[];
  readonly separator: string | undefined;
}

/**
 * Visits what is written like a card: 13 to 19 digits in a row, in fours, or as American Express and Diners Club print
 * them. Shapes may overlap: any group may be the first one. Reads units instead of matching a pattern, as a list of
 * cards holds hundreds of thousands of shapes.
 */
export function forEachCardShape(text: string, visit: (shape: CardShape) => void): void {
  for (let start = 0; start < text.length; start += 1) {
    if (!isDigit(text.charCodeAt(start))) continue;
    const end = endOfDigits(text, start + 1);
    const count = end - start;
    if (count >= SHORTEST && count <= LONGEST) visit({ start, ends: [end], separator: undefined });
    else if (count === GROUP && isSeparator(text.charCodeAt(end))) {
      const ends = endsOfGroups(text, end);
      if (ends !== undefined) visit({ start, ends, separator: text.charAt(end) });
    }
    start = end;
  }
}

/** Where a number in groups may end. @param at offset of the separator behind its first group */
function endsOfGroups(text: string, at: number): number[] | undefined {
  const separator = text.charCodeAt(at);
  const second = endOfDigits(text, at + 1);
  if (text.charCodeAt(second) !== separator) return undefined;
  const third = endOfDigits(text, second + 1);
  const [secondCount, thirdCount] = [second - at - 1, third - second - 1];
  if (secondCount === WIDE_GROUP && (thirdCount === GROUP || thirdCount === GROUP + 1)) return [third];
  if (secondCount !== GROUP || thirdCount !== GROUP || text.charCodeAt(third) !== separator) return undefined;
  const fourth = endOfDigits(text, third + 1);
  const fourthCount = fourth - third - 1;
  if (fourthCount === 0 || fourthCount > GROUP) return undefined;
  const fifth = text.charCodeAt(fourth) === separator ? endOfDigits(text, fourth + 1) : fourth;
  const fifthCount = fifth - fourth - 1;
  return fifthCount > 0 && fifthCount < GROUP ? [fifth, fourth] : [fourth];
}

function isSeparator(unit: number): boolean {
  return unit === SPACE || unit === DASH || unit === NO_BREAK_SPACE;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}
