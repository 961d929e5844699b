import { randomUUID } from 'node:crypto';
import { SallyportError, type Dialect, type JsonObject } from '@sallyport/dialects';
import type { Span } from '@sallyport/telemetry';
import { namesCredential, type CallRequest } from '@sallyport/usage';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The client went away: not an error of anybody, but the call ends. */
export class ClientClosedError extends SallyportError {
  constructor() {
    super('upstream_interrupted', 'The client closed the connection before the reply ended');
    this.name = 'ClientClosedError';
  }
}

/** One call of a client, from its arrival to its end. */
export interface ClientCall {
  readonly dialect: Dialect;
  readonly model: string;
  readonly wantsStream: boolean;
  /** The body as it arrived. */
  readonly rawBody: Buffer;
  readonly headers: FastifyRequest['headers'];
  readonly startedAt: number;
  /** Further fields of the request's log line. */
  readonly logFields: Record<string, string>;
  /** Span of the client's request. */
  readonly span: Span;
  /** Aborted with a {@link ClientClosedError} when the client goes away. */
  readonly signal: AbortSignal;
  /** What a record says of the caller and its request. */
  readonly request: CallRequest;
}

/** @param request a request whose body has passed the schema of `dialect` */
export function openCall(dialect: Dialect, request: FastifyRequest, reply: FastifyReply): ClientCall {
  const body = request.body as JsonObject & { model: string };
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort(new ClientClosedError());
  });
  const logFields = (request.logFields = {});
  const callId = randomUUID();
  reply.header('x-litellm-call-id', callId);
  return {
    dialect,
    model: body.model,
    wantsStream: body['stream'] === true,
    rawBody: request.rawBody as Buffer,
    headers: request.headers,
    startedAt: Date.now(),
    logFields,
    span: request.span,
    signal: abort.signal,
    request: {
      callId,
      traceId: request.traceId,
      dialect,
      route: request.routeOptions.url ?? '',
      keyHash: request.apiKey?.fingerprint() ?? null,
      clientIp: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      customHeaders: customHeaders(request),
      body,
    },
  };
}

function customHeaders({ headers }: FastifyRequest): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-') && !namesCredential(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
