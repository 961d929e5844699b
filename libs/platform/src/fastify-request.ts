import type { Secret } from '@sallyport/config';

declare module 'fastify' {
  interface FastifyRequest {
    /** The exact bytes of a JSON body; undefined when the request has none. */
    rawBody?: Buffer;
    /** The key that the caller proved to hold; set by `ApiKeyGuard`. */
    apiKey?: Secret;
    /** W3C trace id of the call, 32 hexadecimal digits; taken from `traceparent` when the caller sent one. */
    traceId: string;
    /** Further fields of the request's log line. */
    logFields?: Record<string, string>;
  }
}
