import { isObject, numberOf, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary, TokenUsage } from '../reply/reply-summary';

/** Summarises a message that arrived as one JSON body. */
export function summariseMessagesReply(body: unknown): ReplySummary {
  const reply = objectOf(body);
  return {
    id: textOf(reply['id']) ?? '',
    usage: messagesUsage(reply['usage']),
    error: messagesError(reply),
    response: body ?? null,
  };
}

/** Reads a `usage` object. `input_tokens` leaves out what came from or went to the prompt cache, so both are added. */
export function messagesUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage)) return undefined;
  const cacheReadTokens = numberOf(usage['cache_read_input_tokens']);
  const cacheWriteTokens = numberOf(usage['cache_creation_input_tokens']);
  const promptTokens = numberOf(usage['input_tokens']) + cacheReadTokens + cacheWriteTokens;
  const completionTokens = numberOf(usage['output_tokens']);
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cacheReadTokens,
    cacheWriteTokens,
    reasoningTokens: numberOf(objectOf(usage['output_tokens_details'])['thinking_tokens']),
    raw: usage,
  };
}

export function messagesError(reply: JsonObject): ReplyError | undefined {
  if (reply['type'] !== 'error') return undefined;
  const error = objectOf(reply['error']);
  return { type: textOf(error['type']) ?? 'api_error', message: textOf(error['message']) ?? '' };
}
