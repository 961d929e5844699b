import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { endSpan, startServerSpan, traceIdOf } from '@sallyport/telemetry';
import type { FastifyInstance } from 'fastify';
import { onceEnded } from './response-end';

const SAFE_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Version `ff` and ids of zeros are invalid: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's `x-request-id` when it is a plain identifier, else a new one: it ends up in headers and log lines. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
}

/**
 * Gives every request its id, its span and its trace id, and puts `x-request-id`, `request-id` (which the Anthropic
 * SDK reads) and `x-trace-id` on the response.
 */
export function identifyRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('traceId', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    request.span = startServerSpan(`${request.method} ${route}`, request.headers);
    request.traceId = traceIdOf(request.span) ?? traceIdIn(request.headers['traceparent']);
    reply.header('x-request-id', request.id).header('request-id', request.id).header('x-trace-id', request.traceId);
    onceEnded(reply, (status) => {
      const attributes = {
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': status,
      };
      endSpan(request.span, attributes, status >= 500 ? String(status) : undefined);
    });
    done();
  });
}

/** The caller's trace id, or a new one when it sent none. */
function traceIdIn(traceparent: string | string[] | undefined): string {
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return given ?? randomUUID().replaceAll('-', '');
}
