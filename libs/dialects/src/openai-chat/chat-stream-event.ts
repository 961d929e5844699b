import { objectOf, type JsonObject } from '../json/json-value';

/** Data of the event that ends a chat stream. */
export const DONE = '[DONE]';

/**
 * The failure that a chunk, or a whole body, carries: its `error`, that of its choice as OpenRouter has it, or itself
 * where the object says that it is one (vLLM).
 *
 * @returns undefined when there is none
 */
export function chunkError(chunk: JsonObject): unknown {
  if (chunk['error']) return chunk;
  if (chunk['object'] === 'error') return chunk;
  if (!Array.isArray(chunk['choices'])) return undefined;
  const choice = objectOf(chunk['choices'][0]);
  if (choice['error']) return choice;
  return choice['finish_reason'] === 'error' ? { message: 'The upstream ended its reply with an error' } : undefined;
}
