/** A count of tokens as clients take it, a whole number from 0, whatever an upstream made of it. */
export function wholeCount(tokens: number): number {
  return Math.max(0, Math.round(tokens));
}
