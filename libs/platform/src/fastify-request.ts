import type { Secret } from '@sallyport/config';
import type { Span } from '@sallyport/telemetry';

declare module 'fastify' {
  interface FastifyRequest {
    /** The exact bytes of the body; undefined when the request has none. */
    rawBody?: Buffer;
    /** The key that the caller proved to hold; set by `ApiKeyGuard`. */
    apiKey?: Secret;
    /** W3C trace id of the call, 32 hexadecimal digits; taken from `traceparent` when the caller sent one. */
    traceId: string;
    /** Span of the request, ended with its response. */
    span: Span;
    /** Further fields of the request's log line. */
    logFields?: Record<string, string>;
  }
}
