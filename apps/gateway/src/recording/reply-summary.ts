import {
  isDialect,
  isObject,
  summariseCompletionsReply,
  summariseReply,
  type Endpoint,
  type ReplySummary,
  type TokenUsage,
} from '@sallyport/dialects';

/**
 * What a whole reply of any endpoint says of itself.
 *
 * @param value the reply's JSON; undefined when it is none
 * @param usage in the upstream's words, where the reply was translated
 */
export function summaryOf(endpoint: Endpoint, value: unknown, usage: TokenUsage | undefined): ReplySummary {
  const summary = isDialect(endpoint) ? summariseReply(endpoint, value) : summariseCompletionsReply(value);
  const response = endpoint === 'openai-embeddings' ? withoutVectors(summary.response) : summary.response;
  return { ...summary, response, usage: usage ?? summary.usage };
}

/** Vectors are large and tell a reader nothing: their number is kept. */
function withoutVectors(response: unknown): unknown {
  if (!isObject(response) || !Array.isArray(response['data'])) return response;
  return { ...response, data: `${response['data'].length} embeddings` };
}
