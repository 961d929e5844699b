import { NOT_JSON } from '../errors/broken-stream';
import { readStreamError } from '../errors/read-upstream-error';
import type { UpstreamError } from '../errors/upstream-error';
import { isObject, objectOf } from '../json/json-value';

/**
 * The failure that an event of a stream tells of; undefined when it tells of none. Servers nest it, write it flat into
 * the event, or close the response as failed.
 *
 * @param type of the event; empty when it has none
 * @param data the event's data, parsed when it is JSON
 */
export function responsesStreamError(type: string, data: unknown): UpstreamError | undefined {
  const body = objectOf(data);
  if (type === 'response.failed') return readStreamError({ error: objectOf(body['response'])['error'] });
  const { error } = body;
  if (type === 'error') {
    if (error || !isObject(data)) return readStreamError(data);
    const { type: _event, ...flat } = body;
    return readStreamError(flat);
  }
  if (type === '' && error) return readStreamError(data);
  return typeof data === 'string' && data.trim() !== '' ? readStreamError({ message: NOT_JSON }) : undefined;
}
