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

/**
 * Reply headers that belong to one connection, speak for the upstream's own site, or are this gateway's to answer.
 * All others pass, as clients read their rate limits and request ids.
 */
const OWN_REPLY_HEADERS =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|date|server|via|alt-svc|location|refresh|clear-site-data|set-cookie|strict-transport-security|request-id|x-request-id|x-trace-id|x-fallback-model|(?:proxy|access-control|x-litellm)-.*)$/;

/** Puts an upstream's headers on the response to the client. */
export function passReplyHeaders(headers: HttpHeaders, reply: FastifyReply): void {
  const named = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  for (const [name, value] of Object.entries(headers)) {
    if (!OWN_REPLY_HEADERS.test(name) && !named.includes(name) && !reply.hasHeader(name)) reply.header(name, value);
  }
}

/** A text as the value of a header, which holds ASCII only: anything else is percent-encoded. */
export function headerValue(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}
