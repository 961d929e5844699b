import type { Dialect } from '../dialect';
import { readStreamError } from '../errors/read-upstream-error';
import { SallyportError } from '../errors/sallyport-error';
import type { JsonObject } from '../json/json-value';

/** Where each dialect keeps what was said. Chat keeps a list of answers there: without one there is no reply. */
const CONTENT: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'choices',
  'openai-responses': 'output',
  'anthropic-messages': 'content',
};

/** How a response ends that has no answer. */
const FAILED: ReadonlySet<unknown> = new Set(['failed', 'cancelled']);

/** Statuses from 400 to 499 for which another upstream may do better. */
const UPSTREAMS_FAULT: ReadonlySet<number> = new Set([401, 402, 403, 404, 408, 429]);

/**
 * Lets only what is a reply be translated as one: a response that failed, or a body without anything said, would
 * become an empty answer that looks like a good one.
 *
 * @param body what came with a status below 300
 * @throws SallyportError `upstream_failed` (retryable), or `invalid_request` when the upstream says that the request is
 * to blame
 */
export function refuseNoReply(upstream: Dialect, body: JsonObject): void {
  const failed = upstream === 'openai-responses' && FAILED.has(body['status']);
  const content = body[CONTENT[upstream]];
  const answered = Array.isArray(content) && (content.length > 0 || upstream !== 'openai-chat');
  if (!failed && answered) return;
  const { status, message } = readStreamError(body);
  const isOurs = status < 500 && !UPSTREAMS_FAULT.has(status);
  throw new SallyportError(isOurs ? 'invalid_request' : 'upstream_failed', message, { retryable: !isOurs });
}
