import type { JsonObject } from '../reply/json-value';
import type { TokenUsage } from '../reply/reply-summary';

/**
 * Writes the counters of a `usage` object. Those of the input are disjoint, so what a prompt cache took part in is
 * taken off the total.
 */
export function writeMessagesUsage(usage: TokenUsage): JsonObject {
  const cacheRead = count(usage.cacheReadTokens);
  const cacheWrite = count(usage.cacheWriteTokens);
  const reasoning = count(usage.reasoningTokens);
  return {
    input_tokens: Math.max(0, count(usage.promptTokens) - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: count(usage.completionTokens),
    ...(reasoning > 0 && { output_tokens_details: { thinking_tokens: reasoning } }),
  };
}

/** The counters of a reply whose upstream has not said, or not said yet, what it cost. */
export function estimatedMessagesUsage(inputTokens: number): JsonObject {
  return {
    input_tokens: count(inputTokens),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 0,
  };
}

/** Clients take the counters for whole numbers from 0. */
function count(tokens: number): number {
  return Math.max(0, Math.round(tokens));
}

/** Puts later counters over earlier ones; null says nothing and leaves what was known. */
export function mergeMessagesUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  const told = Object.entries(later).filter(([, value]) => value !== null);
  return { ...earlier, ...Object.fromEntries(told) };
}
