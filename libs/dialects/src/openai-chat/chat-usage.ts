import { isObject, numberOf, objectOf, type JsonObject } from '../json/json-value';
import type { TokenUsage } from '../reply/reply-summary';

/**
 * Reads the `usage` object of a chat completion; undefined when there is none. `prompt_tokens` is the total already.
 * Tokens written to a cache are counted by OpenRouter and others, under `cache_write_tokens`.
 */
export function chatUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const promptTokens = numberOf(usage['prompt_tokens']);
  const completionTokens = numberOf(usage['completion_tokens']);
  const prompt = objectOf(usage['prompt_tokens_details']);
  return {
    promptTokens,
    completionTokens,
    totalTokens: numberOf(usage['total_tokens']) || promptTokens + completionTokens,
    cacheReadTokens: numberOf(prompt['cached_tokens']),
    cacheWriteTokens: numberOf(prompt['cache_write_tokens']),
    reasoningTokens: numberOf(objectOf(usage['completion_tokens_details'])['reasoning_tokens']),
    raw: usage,
  };
}

/** The usage that a chunk of a stream carries; Groq keeps it in a place of its own. */
export function chunkUsage(chunk: JsonObject): TokenUsage | undefined {
  return chatUsage(chunk['usage'] ?? objectOf(chunk['x_groq'])['usage']);
}
