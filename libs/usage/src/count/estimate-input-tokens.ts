import type { JsonObject } from '@sallyport/dialects';
import { PAGE_TOKENS, visitInput } from './input-parts';
import { pdfPages } from './pdf-pages';
import { countTextTokens } from './text-tokens';

/**
 * Estimates how many tokens a request of any conversation dialect costs: its texts and tools are counted with a
 * tokenizer, pictures and documents by what they usually cost. Lets others work while it counts.
 *
 * @returns at least 1
 */
export async function estimateInputTokens(request: JsonObject): Promise<number> {
  const texts: string[] = [];
  let other = 0;
  visitInput(request, {
    text: (text) => {
      texts.push(text);
    },
    tokens: (count) => {
      other += count;
    },
    pdf: (base64) => {
      other += pdfPages(base64) * PAGE_TOKENS;
    },
  });
  return Math.max(1, other + (await countTextTokens(texts)));
}
