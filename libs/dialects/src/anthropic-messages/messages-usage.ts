import type { JsonObject } from '../json/json-value';
import type { TokenUsage } from '../reply/reply-summary';
import { wholeCount } from '../reply/whole-count';

/**
 * Writes the counters of a `usage` object. Those of the input are disjoint, so what a prompt cache took part in is
 * taken off the total.
 */
export function writeMessagesUsage(usage: TokenUsage): JsonObject {
  const cacheRead = wholeCount(usage.cacheReadTokens);
  const cacheWrite = wholeCount(usage.cacheWriteTokens);
  const reasoning = wholeCount(usage.reasoningTokens);
  return {
    input_tokens: Math.max(0, wholeCount(usage.promptTokens) - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: wholeCount(usage.completionTokens),
    ...(reasoning > 0 && { output_tokens_details: { thinking_tokens: reasoning } }),
  };
}

/** The counters of a reply whose upstream has not said, or not said yet, what it cost. */
export function estimatedMessagesUsage(inputTokens: number): JsonObject {
  return {
    input_tokens: wholeCount(inputTokens),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 0,
  };
}

/** Puts later counters over earlier ones; null says nothing and leaves what was known. */
export function mergeMessagesUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  const told = Object.entries(later).filter(([, value]) => value !== null);
  return { ...earlier, ...Object.fromEntries(told) };
}
