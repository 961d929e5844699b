import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '@sallyport/config';
import { MASKED_HEADER } from '@sallyport/dialects';
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
  MASKED_HEADER,
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
]);

/** The platform answers for these itself. */
const NOT_RETURNED: ReadonlySet<string> = new Set([...HOP_BY_HOP, 'date', 'request-id', 'x-request-id', 'x-trace-id']);

/** Headers whose value is for the upstream to check, and so must arrive as it is. */
const CREDENTIALS: ReadonlySet<string> = new Set([...API_KEY_HEADERS, 'cookie']);

/** What a forwarded call says besides what the client said. */
interface OwnHeaders {
  readonly requestId: string;
  /** Sent instead of the client's own key, when given. */
  readonly upstreamKey: Secret | undefined;
  /** Counts of masked values for {@link MASKED_HEADER}; empty when nothing was masked. */
  readonly masked: string;
  /** Masks a header's value. */
  readonly mask: (value: string) => string;
}

/**
 * The headers of a forwarded call: all that the client sent, unknown ones too, but for those of its connection. Some
 * clients name their user there, so values are masked. The upstream is asked for plain bytes, because a compressed
 * reply cannot be restored.
 */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  { requestId, upstreamKey, masked, mask }: OwnHeaders,
): HttpHeaders {
  const named = namesIn(headers.connection);
  const forwarded: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_SENT.has(name) || named.has(name)) continue;
    if (CREDENTIALS.has(name)) forwarded[name] = value;
    else forwarded[name] = Array.isArray(value) ? value.map(mask) : mask(value);
  }
  if (upstreamKey !== undefined) replaceKey(forwarded, upstreamKey);
  if (masked !== '') forwarded[MASKED_HEADER] = masked;
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
