import { readStreamError } from '../errors/read-upstream-error';
import type { UpstreamError } from '../errors/upstream-error';
import { isObject, objectOf, type JsonObject } from '../reply/json-value';

/**
 * The failure that an event of a stream tells of; undefined when it tells of none. Servers nest it, write it flat into
 * the event, or close the response as failed.
 *
 * @param type of the event; empty when it has none
 */
export function responsesStreamError(type: string, body: JsonObject): UpstreamError | undefined {
  if (type === 'response.failed') return readStreamError({ error: objectOf(body['response'])['error'] });
  if (type !== 'error' && type !== '') return undefined;
  const { error } = body;
  if (isObject(error) || typeof error === 'string') return readStreamError({ error });
  if (type === '') return undefined;
  const { type: _event, ...flat } = body;
  return readStreamError(flat);
}
