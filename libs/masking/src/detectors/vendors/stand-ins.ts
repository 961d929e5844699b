import { entropy } from '../entropy';

/** What people write where a secret belongs. */
const TYPED_BY_HAND =
  /x{5}|\*{3}|\.{3}|#{4}|(.)\1{15}|your|placeholder|redacted|changeme|insert[-_]|replace|[-_]here\b/i;

/** Whether a value is a form to be filled in. */
export function isTypedByHand(value: string): boolean {
  return TYPED_BY_HAND.test(value);
}

/** Words between dashes or underscores, without a digit: `my-super-secret-key`. */
const WORDS_ONLY = /^(?:[a-z]+(?:[-_.]+[a-z]+)+|[A-Z]+(?:[-_.]+[A-Z]+)+)$/;

/** Whether what has the shape of a token only stands for one: a form to be filled in, too even, or made of words. */
export function isStandIn(secret: string, minEntropy: number): boolean {
  return isTypedByHand(secret) || WORDS_ONLY.test(secret) || entropy(secret) < minEntropy;
}
