import { isObject, numberOf } from '../reply/json-value';
import type { TokenUsage } from '../reply/reply-summary';

/** Reads the `usage` object of a chat completion; undefined when there is none. */
export function chatUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const promptTokens = numberOf(usage['prompt_tokens']);
  const completionTokens = numberOf(usage['completion_tokens']);
  const totalTokens = numberOf(usage['total_tokens']) || promptTokens + completionTokens;
  return { promptTokens, completionTokens, totalTokens, raw: usage };
}
