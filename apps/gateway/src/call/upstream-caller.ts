import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { isDialect, isObject, readUpstreamError, SallyportError, type Endpoint } from '@sallyport/dialects';
import type { HttpReply, Provider } from '@sallyport/providers';
import type { AttemptResult, Candidate } from '@sallyport/routing';
import { endSpan, startClientSpan, traceHeaders, type Span } from '@sallyport/telemetry';
import type { CallAttempt } from '@sallyport/usage';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { GATEWAY_SETTINGS } from '../settings';
import { AttemptDeadline } from './attempt-deadline';
import type { ClientCall } from './client-call';
import { toClientReply } from './translate-reply';
import { requestHeaders } from './travelling-headers';
import { receiveReply, type ReceiveOptions, type UpstreamReply } from './upstream-reply';
import { upstreamRequest, type UpstreamRequest } from './upstream-request';

/** A reply with the request that brought it. */
export interface AttemptReply {
  readonly request: UpstreamRequest;
  readonly reply: UpstreamReply;
  /** Whether it is read to its end when the client has gone. */
  readonly outlivesClient: boolean;
}

/** `gen_ai.operation.name` of the OpenTelemetry conventions; a conversation is a `chat`, whatever its dialect. */
const OPERATIONS: Readonly<Partial<Record<Endpoint, string>>> = {
  'openai-completions': 'text_completion',
  'openai-embeddings': 'embeddings',
};

/** Endpoints that may answer with sound, text or a file in place of JSON. */
const ANSWERS_BYTES: ReadonlySet<Endpoint> = new Set<Endpoint>([
  'openai-audio-speech',
  'openai-audio-transcriptions',
  'openai-audio-translations',
  'openai-files',
]);

/** Makes one attempt of a call at one upstream. */
@Injectable()
export class UpstreamCaller {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Resolves with the upstream's reply of any status, read as far as `receiveReply` says, in the client's dialect.
   *
   * @throws SallyportError when no reply could be had in time, or the upstream cannot take the request
   */
  async attempt(call: ClientCall, candidate: Candidate<Provider>): Promise<AttemptResult<AttemptReply>> {
    const { upstream, timeoutMs, streamTimeoutMs, onClientAbort } = candidate.deployment;
    // Before anything is sent: a body that cannot be translated is no failure of the upstream.
    const request = await upstreamRequest(call, candidate, this.settings);
    call.logFields['upstream'] = upstream;
    const limitMs = (call.wantsStream ? streamTimeoutMs : timeoutMs) ?? this.settings.requestTimeoutMs;
    const outlivesClient = (onClientAbort ?? this.settings.onClientAbort) === 'drain';
    const deadline = new AttemptDeadline(call.life, limitMs, outlivesClient);
    const startedAt = Date.now();
    const since = performance.now();
    const span = startSpan(call, candidate);
    let outcome = 'internal';
    try {
      const httpReply = await this.send(call, candidate, request, deadline, span);
      const received = await receiveReply(httpReply, deadline, {
        maxBytes: this.settings.maxReplyBytes,
        maxStreamEventBytes: this.settings.maxStreamEventBytes,
        patienceMs: this.settings.pingMs,
        takes: replyOf(call),
      });
      outcome = String(received.status);
      const reply = await toClientReply(call, request, received, this.settings.maxStreamEventBytes);
      return { reply: { request, reply, outlivesClient }, status: reply.status, detail: failureDetail(received) };
    } catch (error) {
      deadline.cancel();
      if (error instanceof SallyportError) outcome = error.code;
      throw error;
    } finally {
      const durationMs = performance.now() - since;
      call.attempts.push(attemptAt(candidate, outcome, startedAt, durationMs));
      this.metrics.upstreamCalled(upstream, outcome, durationMs);
      endSpan(span, {}, outcome === '200' ? undefined : outcome);
    }
  }

  private send(
    call: ClientCall,
    { deployment: { target }, model }: Candidate<Provider>,
    { endpoint, subpath, body, contentType, translation }: UpstreamRequest,
    deadline: AttemptDeadline,
    span: Span,
  ): Promise<HttpReply> {
    return target.call({
      endpoint,
      method: call.method,
      subpath,
      model,
      body,
      contentType,
      headers: { ...requestHeaders(call.headers, translation !== undefined), ...traceHeaders(span) },
      signal: deadline.signal,
      firstByteTimeoutMs: deadline.limitMs,
      idleTimeoutMs: this.settings.streamIdleMs,
    });
  }
}

function attemptAt(
  { deployment, model }: Candidate<Provider>,
  status: string,
  startedAt: number,
  durationMs: number,
): CallAttempt {
  return { deploymentId: deployment.id, provider: deployment.target.name, model, status, startedAt, durationMs };
}

/** An upstream's words for its own failure; undefined when it has none, or has not failed. */
function failureDetail(reply: UpstreamReply): string | undefined {
  if (reply.kind !== 'whole' || reply.status < 500 || !isObject(reply.value)) return undefined;
  const { message } = readUpstreamError(reply.status, reply.value);
  return message === readUpstreamError(reply.status, undefined).message ? undefined : message;
}

/** What a good reply to a call may be. */
function replyOf({ endpoint, subpath }: ClientCall): ReceiveOptions['takes'] {
  if (!ANSWERS_BYTES.has(endpoint)) return 'object';
  return /^\/[^/]+\/content(?:\?|$)/.test(subpath) ? 'bytes' : 'else';
}

function startSpan(call: ClientCall, { deployment: { target }, model }: Candidate<Provider>): Span {
  const operation = isDialect(call.endpoint) ? 'chat' : (OPERATIONS[call.endpoint] ?? call.endpoint);
  return startClientSpan(`${operation} ${model}`.trimEnd(), call.span, {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': target.name,
    'gen_ai.request.model': model,
    'gen_ai.request.stream': call.wantsStream,
  });
}
