import type { Logger } from '@sallyport/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shownPath } from './request-path';
import { onceEnded } from './response-end';

/** Told when a request arrives and when its response has ended or was cut off. */
export interface RequestObserver {
  started(): void;
  /** @param route pattern of the route, such as `/v1/messages`; `unmatched` when there is none */
  ended(method: string, route: string, status: number, durationMs: number): void;
}

const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Writes one line for each request: what was asked, how it ended and how long it took. The fields are an explicit
 * list; headers, queries and bodies are never among them.
 */
export function logAccess(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    logRequest(request, reply, logger);
    done();
  });
}

/** Writes the line of one request when its response is over. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  // Asked now: a connection that is gone has no address.
  const { ip } = request;
  onceEnded(reply, (status, durationMs) => {
    const path = shownPath(request.url);
    const level = PROBES.has(path) ? 'debug' : 'info';
    const end = { path, status, duration_ms: Math.round(durationMs * 1000) / 1000, client_ip: ip };
    if (logger.isLevelEnabled(level)) logger[level]({ ...fieldsOf(request), ...end }, 'request');
  });
}

function fieldsOf({ id, traceId, method, logFields }: FastifyRequest): object {
  return { ...logFields, request_id: id, trace_id: traceId, method };
}

export function observeRequests(fastify: FastifyInstance, observer: RequestObserver): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    observer.started();
    const route = request.routeOptions.url ?? 'unmatched';
    onceEnded(reply, (status, durationMs) => observer.ended(request.method, route, status, durationMs));
    done();
  });
}
