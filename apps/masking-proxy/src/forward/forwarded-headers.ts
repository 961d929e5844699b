import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '@sallyport/config';
import { API_KEY_HEADERS } from '@sallyport/platform';
import type { HttpHeaders } from '@sallyport/providers';
import type { FastifyReply } from 'fastify';

/** Headers that belong to one connection (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

const NOT_SENT: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
]);

/** The platform answers for these itself. */
const NOT_RETURNED: ReadonlySet<string> = new Set([...HOP_BY_HOP, 'date', 'request-id', 'x-request-id', 'x-trace-id']);

/**
 * The headers of a forwarded call: all that the client sent, unknown ones too, but for those of its connection. The
 * upstream is asked for plain bytes, because a compressed reply cannot be restored.
 *
 * @param upstreamKey sent instead of the client's own key, when given
 */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  requestId: string,
  upstreamKey: Secret | undefined,
): HttpHeaders {
  const named = namesIn(headers.connection);
  const forwarded: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !NOT_SENT.has(name) && !named.has(name)) forwarded[name] = value;
  }
  if (upstreamKey !== undefined) replaceKey(forwarded, upstreamKey);
  return { ...forwarded, 'accept-encoding': 'identity', 'x-request-id': requestId };
}

function replaceKey(headers: Record<string, string | string[]>, key: Secret): void {
  for (const name of API_KEY_HEADERS) delete headers[name];
  if (headers['anthropic-version'] === undefined) headers['authorization'] = `Bearer ${key.reveal()}`;
  else headers['x-api-key'] = key.reveal();
}

/**
 * Puts an upstream's headers on the response.
 *
 * @param sameBytes whether the body is passed as it came, and so is as long as the upstream says
 */
export function returnHeaders(headers: HttpHeaders, reply: FastifyReply, sameBytes: boolean): void {
  const named = namesIn(headers['connection']);
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'content-length' && !sameBytes) continue;
    if (!NOT_RETURNED.has(name) && !named.has(name)) reply.header(name, value);
  }
}

/** Names that a `Connection` header makes part of the connection. */
function namesIn(connection: string | string[] | undefined): Set<string> {
  return new Set(
    String(connection ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  );
}
