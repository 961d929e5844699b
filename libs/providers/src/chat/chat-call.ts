import { randomUUID } from 'node:crypto';
import { isObject, parseJson, SallyportError, textOf, type JsonObject, type ReplyContext } from '@sallyport/dialects';
import type { ProviderCall } from '../provider.port';

/** A chat completion call whose body has to be read, because its upstream speaks an API of its own. */
export interface ChatCall {
  readonly request: JsonObject;
  readonly wantsStream: boolean;
  /** What the writer of the reply has to know. */
  readonly context: ReplyContext;
}

/**
 * Reads the body of an `openai-chat` call.
 *
 * @param dropFields top-level fields that never travel to the upstream
 * @throws SallyportError `invalid_request` when it is no JSON object
 */
export function readChatCall({ body, model }: ProviderCall, dropFields: readonly string[]): ChatCall {
  const parsed = parseJson(body?.toString('utf8') ?? '');
  if (!isObject(parsed)) throw new SallyportError('invalid_request', 'The body must be a JSON object');
  const request = Object.fromEntries(Object.entries(parsed).filter(([name]) => !dropFields.includes(name)));
  const context: ReplyContext = {
    model: textOf(parsed['model']) ?? model,
    request,
    estimatedInputTokens: 0,
    filteredStopReason: 'refusal',
    now: () => Math.floor(Date.now() / 1000),
    newId: () => randomUUID().replaceAll('-', '').slice(0, 24),
  };
  return { request, wantsStream: request['stream'] === true, context };
}
