import { isObject, numberOf, objectOf, type JsonObject } from '../json/json-value';
import type { TokenUsage } from '../reply/reply-summary';
import { wholeCount } from '../reply/whole-count';

/** Reads the `usage` object of a response; undefined when there is none. `input_tokens` is the total already. */
export function responsesUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const promptTokens = numberOf(usage['input_tokens']);
  const completionTokens = numberOf(usage['output_tokens']);
  const input = objectOf(usage['input_tokens_details']);
  return {
    promptTokens,
    completionTokens,
    totalTokens: numberOf(usage['total_tokens']) || promptTokens + completionTokens,
    cacheReadTokens: numberOf(input['cached_tokens']),
    cacheWriteTokens: numberOf(input['cache_write_tokens']),
    reasoningTokens: numberOf(objectOf(usage['output_tokens_details'])['reasoning_tokens']),
    raw: usage,
  };
}

/** Writes the `usage` object of a response. Clients read its details unasked, so it is whole even without counts. */
export function writeResponsesUsage(usage: TokenUsage | undefined): JsonObject {
  return {
    input_tokens: wholeCount(usage?.promptTokens ?? 0),
    input_tokens_details: {
      cached_tokens: wholeCount(usage?.cacheReadTokens ?? 0),
      cache_write_tokens: wholeCount(usage?.cacheWriteTokens ?? 0),
    },
    output_tokens: wholeCount(usage?.completionTokens ?? 0),
    output_tokens_details: { reasoning_tokens: wholeCount(usage?.reasoningTokens ?? 0) },
    total_tokens: wholeCount(usage?.totalTokens ?? 0),
  };
}
