import { isObject, type TokenUsage } from '@sallyport/dialects';

/** Tokens of one reply, each of them counted once. */
export interface TokenClasses {
  /** Input that has nothing to do with a prompt cache. */
  readonly input: number;
  readonly cacheRead: number;
  /** Written to a cache for some minutes, and for an hour. */
  readonly cacheWrite: number;
  readonly cacheWriteHour: number;
  /** Output without reasoning. */
  readonly output: number;
  readonly reasoning: number;
}

/**
 * Takes the counts of a usage object apart. Parts that exceed their total cannot be in it: some servers count cached
 * input, and some reasoning (xAI), beside the total; then they come on top.
 */
export function tokenClasses(usage: TokenUsage): TokenClasses {
  const [prompt, completion] = [count(usage.promptTokens), count(usage.completionTokens)];
  const [cacheRead, cacheWritten] = [count(usage.cacheReadTokens), count(usage.cacheWriteTokens)];
  const reasoning = count(usage.reasoningTokens);
  const cached = cacheRead + cacheWritten;
  const cacheWriteHour = Math.min(cacheWritten, hourTokens(usage));
  const besideOutput =
    reasoning > completion || (reasoning > 0 && usage.totalTokens === prompt + completion + reasoning);
  return {
    input: cached > prompt ? prompt : prompt - cached,
    cacheRead,
    cacheWrite: cacheWritten - cacheWriteHour,
    cacheWriteHour,
    output: besideOutput ? completion : completion - reasoning,
    reasoning,
  };
}

/** A count as it can be shown and paid for, whatever an upstream made of it. */
export function count(tokens: unknown): number {
  return typeof tokens === 'number' && Number.isFinite(tokens) ? Math.max(0, Math.round(tokens)) : 0;
}

/** Anthropic tells apart how long what was written to the cache stays there. */
function hourTokens({ raw }: TokenUsage): number {
  const creation = raw['cache_creation'];
  return isObject(creation) ? count(creation['ephemeral_1h_input_tokens']) : 0;
}
