import type { Logger } from '@sallyport/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

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
  fastify.addHook('onResponse', (request, reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const level = PROBES.has(path) ? 'debug' : 'info';
    if (logger.isLevelEnabled(level)) logger[level](accessFields(request, reply, path), 'request');
    done();
  });
}

function accessFields(request: FastifyRequest, reply: FastifyReply, path: string): Record<string, unknown> {
  return {
    request_id: request.id,
    trace_id: request.traceId,
    method: request.method,
    path,
    status: reply.statusCode,
    duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
    client_ip: request.ip,
    ...request.logFields,
  };
}

export function observeRequests(fastify: FastifyInstance, observer: RequestObserver): void {
  fastify.addHook('onRequest', (_request, _reply, done) => {
    observer.started();
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    observer.ended(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
}
