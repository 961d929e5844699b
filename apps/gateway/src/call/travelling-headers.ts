import type { HttpHeaders } from '@sallyport/providers';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Client headers that an upstream may see. A list of what travels, because what is not known might be a secret. */
const REQUEST_HEADERS = [
  'accept',
  'idempotency-key',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-client-request-id',
] as const;

/** Those that belong to a dialect, and mean nothing to an upstream of another one. */
const DIALECT_HEADERS = ['anthropic-beta', 'anthropic-version', 'openai-beta'] as const;

/** @param translated whether the upstream speaks another dialect than the client */
export function requestHeaders(headers: FastifyRequest['headers'], translated: boolean): HttpHeaders {
  const travelling: Record<string, string | string[]> = {};
  for (const name of translated ? REQUEST_HEADERS : [...REQUEST_HEADERS, ...DIALECT_HEADERS]) {
    const value = headers[name];
    if (value !== undefined) travelling[name] = value;
  }
  return travelling;
}

/**
 * Reply headers that belong to one connection, speak for the upstream's own site, or are this gateway's to answer.
 * All others pass, as clients read their rate limits.
 */
const OWN_REPLY_HEADERS =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|date|server|via|alt-svc|location|refresh|clear-site-data|set-cookie|strict-transport-security|request-id|x-request-id|x-trace-id|x-fallback-model|(?:proxy|access-control|x-litellm|x-sallyport)-.*)$/;

/** OpenAI's names for a limit: the gateway's own is told under them unless the upstream tells of one. */
const UPSTREAM_COMES_FIRST = /^x-ratelimit-(?:limit|remaining|reset)-requests$/;

/** Puts an upstream's headers on the response to the client. */
export function passReplyHeaders(headers: HttpHeaders, reply: FastifyReply): void {
  const named = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  for (const [name, value] of Object.entries(headers)) {
    if (OWN_REPLY_HEADERS.test(name) || named.includes(name)) continue;
    if (!reply.hasHeader(name) || UPSTREAM_COMES_FIRST.test(name)) reply.header(name, value);
  }
}

/**
 * Puts the upstream's own id of the call on the response, where client and upstream speak the same dialect: it is what
 * the provider's support asks for. An id that the client itself gave to the call stays.
 *
 * @returns the upstream's id
 */
export function passRequestId(headers: HttpHeaders, reply: FastifyReply): string | undefined {
  const { 'request-id': anthropicId, 'x-request-id': openAiId } = headers;
  if (typeof anthropicId === 'string') reply.header('request-id', anthropicId);
  const clientNamedIt = reply.request.headers['x-request-id'] !== undefined;
  if (typeof openAiId === 'string' && !clientNamedIt) reply.header('x-request-id', openAiId);
  const id = anthropicId ?? openAiId;
  return typeof id === 'string' ? id : undefined;
}

const DROPPED_PARAMS = 'x-sallyport-dropped-params';

/**
 * Tells the client which fields of its request were left out: by the translation, and by whoever sent it on, which may
 * be a provider with an API of its own or another gateway.
 */
export function tellDropped(dropped: readonly string[], headers: HttpHeaders, reply: FastifyReply): void {
  const names = [...dropped, ...[headers[DROPPED_PARAMS] ?? []].flat()].join(',');
  if (names !== '') reply.header(DROPPED_PARAMS, headerValue(names.slice(0, 2048)));
}

/** A text as the value of a header, which holds ASCII only: anything else is percent-encoded. */
export function headerValue(text: string): string {
  return text.toWellFormed().replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}
