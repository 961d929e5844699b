import { isObject, SallyportError, textOf, type Endpoint } from '@sallyport/dialects';
import type { FastifyRequest } from 'fastify';
import type { CallRoute } from '../call/call-route';

/** Members of a query that are meant for the gateway: the model's name, and the version of Azure's API. */
const OWN_QUERY = ['model', 'api-version'];

/** What of a call is told by its route. A model in the query counts only when the body names none. */
export function callRouteOf(
  endpoint: Endpoint,
  request: FastifyRequest,
  { method = 'POST', path = '' }: { method?: 'POST' | 'GET' | 'DELETE'; path?: string } = {},
): CallRoute {
  const { params, query, body } = request;
  const model = nameIn(params) ?? (nameIn(body) === undefined ? nameIn(query) : undefined);
  return { endpoint, method, subpath: path + travellingQuery(request.url), ...(model !== undefined && { model }) };
}

/**
 * An id as a part of an upstream's path.
 *
 * @throws SallyportError `invalid_request` for a text that could point to another path
 */
export function idPath(id: string): string {
  if (!/^[\w.:~@=+,-]+$/.test(id) || /^\.+$/.test(id)) {
    throw new SallyportError('invalid_request', 'This is not the id of anything', { param: 'id' });
  }
  return `/${id}`;
}

function nameIn(members: unknown): string | undefined {
  const name = isObject(members) ? textOf(members['model']) : undefined;
  return name === '' ? undefined : name;
}

function travellingQuery(target: string): string {
  const at = target.indexOf('?');
  if (at === -1) return '';
  const query = new URLSearchParams(target.slice(at));
  for (const name of OWN_QUERY) query.delete(name);
  return query.size === 0 ? '' : `?${query.toString()}`;
}
