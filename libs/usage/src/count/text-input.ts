import { countTextTokens } from './text-tokens';

/**
 * Counts an input without messages, as completions and embeddings take it: a text, tokens, or a list of either.
 * Source: https://platform.openai.com/docs/api-reference/completions/create
 */
export async function countTextInput(input: unknown): Promise<number> {
  const items: readonly unknown[] = Array.isArray(input) ? input : [input];
  const texts = items.filter((item) => typeof item === 'string');
  const tokens = items.reduce<number>((sum, item) => sum + tokensIn(item), 0);
  return tokens + (await countTextTokens(texts));
}

function tokensIn(item: unknown): number {
  if (Array.isArray(item)) return item.length;
  return typeof item === 'number' ? 1 : 0;
}
