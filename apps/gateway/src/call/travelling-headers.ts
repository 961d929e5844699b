import type { HttpHeaders } from '@sallyport/providers';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Client headers that an upstream may see. A list of what travels, because what is not known might be a secret. */
const REQUEST_HEADERS = [
  'accept',
  'anthropic-beta',
  'anthropic-version',
  'idempotency-key',
  'openai-beta',
  'traceparent',
  'tracestate',
  'user-agent',
] as const;

export function requestHeaders(headers: FastifyRequest['headers']): HttpHeaders {
  const travelling: Record<string, string | string[]> = {};
  for (const name of REQUEST_HEADERS) {
    const value = headers[name];
    if (value !== undefined) travelling[name] = value;
  }
  return travelling;
}

/** Reply headers that belong to one connection, or that this gateway answers for itself. */
const OWN_REPLY_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'request-id',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
  'x-trace-id',
]);

/** Puts an upstream's headers on the response to the client. */
export function passReplyHeaders(headers: HttpHeaders, reply: FastifyReply): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!OWN_REPLY_HEADERS.has(name) && !reply.hasHeader(name)) reply.header(name, value);
  }
}
