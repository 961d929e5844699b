import { randomUUID } from 'node:crypto';
import { isObject, SallyportError, textOf, type Endpoint, type JsonObject } from '@sallyport/dialects';
import type { Span } from '@sallyport/telemetry';
import { namesCredential, type CallAttempt, type CallRequest } from '@sallyport/usage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallLife } from './call-life';
import type { CallRoute } from './call-route';

/** One call of a client, from its arrival to its end. */
export interface ClientCall {
  /** Id of the request, as the client finds it in the response's headers. */
  readonly requestId: string;
  /** Id of the call, which its record bears. */
  readonly callId: string;
  readonly endpoint: Endpoint;
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly subpath: string;
  /** The model that was asked for; an empty string when the call names none. */
  readonly model: string;
  readonly wantsStream: boolean;
  readonly standIn: CallRoute['standIn'];
  /** The body as it arrived; undefined when there is none. */
  readonly rawBody: Buffer | undefined;
  readonly contentType: string;
  /** The body parsed, or the text fields of a form; empty when there is none. */
  readonly body: JsonObject;
  readonly headers: FastifyRequest['headers'];
  readonly startedAt: number;
  /** Further fields of the request's log line. */
  readonly logFields: Record<string, string>;
  /** Span of the client's request. */
  readonly span: Span;
  readonly life: CallLife;
  /** Upstreams that were tried so far. */
  readonly attempts: CallAttempt[];
  /** What a record says of the caller and its request; put together when it is asked for, at the end of the call. */
  readonly describe: () => CallRequest;
}

/**
 * @param request a request whose body has passed the schema of its route
 * @param defaultModel serves a call that names no model
 */
export function openCall(
  route: CallRoute,
  defaultModel: string,
  request: FastifyRequest,
  reply: FastifyReply,
): ClientCall {
  const body = isObject(request.body) ? request.body : {};
  const model = modelOf(route, body) ?? defaultModel;
  const logFields = (request.logFields = {});
  const callId = randomUUID();
  reply.header('x-litellm-call-id', callId);
  return {
    requestId: request.id,
    callId,
    endpoint: route.endpoint,
    method: route.method ?? 'POST',
    subpath: route.subpath ?? '',
    model,
    wantsStream: body['stream'] === true,
    standIn: route.standIn,
    rawBody: request.rawBody,
    contentType: request.headers['content-type'] ?? 'application/json',
    body,
    headers: request.headers,
    startedAt: Date.now(),
    logFields,
    span: request.span,
    life: lifeOf(reply),
    attempts: [],
    describe: describing(route.endpoint, model, callId, body, request),
  };
}

function lifeOf({ raw, request }: FastifyReply): CallLife {
  const life = new CallLife();
  const { socket } = request.raw;
  // One that was left already closes no more.
  if (socket.destroyed) life.leave();
  raw.once('close', () => {
    if (!raw.writableFinished) life.leave();
  });
  return life;
}

function describing(
  endpoint: Endpoint,
  model: string,
  callId: string,
  body: JsonObject,
  request: FastifyRequest,
): () => CallRequest {
  // Asked now: a connection that is gone has no address.
  const { ip } = request;
  return () => ({
    callId,
    traceId: request.traceId,
    endpoint,
    route: request.routeOptions.url ?? '',
    model,
    keyHash: request.apiKey?.fingerprint() ?? null,
    clientIp: ip,
    userAgent: request.headers['user-agent'] ?? null,
    customHeaders: customHeaders(request),
    body,
  });
}

/**
 * The model that a path or body names; the path wins, as Azure's clients name their deployment there.
 *
 * @throws SallyportError `invalid_request` for an address: nobody but the configuration says where calls go
 */
function modelOf(route: CallRoute, body: JsonObject): string | undefined {
  const model = route.model ?? textOf(body['model']);
  if (model === undefined || !/^[a-z][a-z\d+.-]*:\/\//i.test(model)) return model;
  throw new SallyportError('invalid_request', 'A model is a name, not an address', { param: 'model' });
}

function customHeaders({ headers }: FastifyRequest): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-') && !namesCredential(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
