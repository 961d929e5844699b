import type { JsonObject } from '@sallyport/dialects';
import { PAGE_TOKENS, visitInput } from './input-parts';

/** A Latin letter is about a quarter of a token; a letter of two or three bytes is most of one. */
const TOKENS_PER_CHARACTER = 0.27;
const TOKENS_PER_FURTHER_BYTE = 0.24;
const BASE64_PER_PAGE = 67_000;

/**
 * Guesses how many tokens a request of any conversation dialect costs, without a tokenizer: in microseconds, for
 * places that must show a number at once.
 *
 * @returns at least 1
 */
export function guessInputTokens(request: JsonObject): number {
  let total = 0;
  visitInput(request, {
    text: (text) => {
      const further = Buffer.byteLength(text) - text.length;
      total += text.length * TOKENS_PER_CHARACTER + further * TOKENS_PER_FURTHER_BYTE;
    },
    tokens: (count) => {
      total += count;
    },
    pdf: (base64) => {
      total += Math.ceil(base64.length / BASE64_PER_PAGE) * PAGE_TOKENS;
    },
  });
  return Math.max(1, Math.ceil(total));
}
