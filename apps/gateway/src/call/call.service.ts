import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import { runCandidates, type Candidate, type CircuitBreakerPort, type ModelRouter } from '@sallyport/routing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CIRCUIT_BREAKER } from '../breakers/circuit-breaker.token';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { thrownFailure } from '../recording/call-failure';
import { CallRecorder } from '../recording/call-recorder';
import { GATEWAY_SETTINGS } from '../settings';
import { MODEL_ROUTER } from '../upstreams/create-router';
import type { CallRoute } from './call-route';
import { ClientClosedError } from './call-life';
import { openCall, type ClientCall } from './client-call';
import { KeyRateLimit } from './key-rate-limit';
import { ReplySender, type Answer } from './reply-sender';
import { UpstreamCaller, type AttemptReply } from './upstream-caller';
import { endpointFor, MODEL_IS_OPTIONAL } from './upstream-request';

/** The order of steps of a call: limit, route, try upstreams, record, answer. */
@Injectable()
export class CallService {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(KeyRateLimit) private readonly rateLimit: KeyRateLimit,
    @Inject(MODEL_ROUTER) private readonly router: ModelRouter<Provider>,
    @Inject(CIRCUIT_BREAKER) private readonly breaker: CircuitBreakerPort,
    @Inject(UpstreamCaller) private readonly upstreams: UpstreamCaller,
    @Inject(CallRecorder) private readonly recorder: CallRecorder,
    @Inject(ReplySender) private readonly sender: ReplySender,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Answers one call on `reply`. A failure before the first byte is thrown, after it is told in the stream.
   *
   * @throws SallyportError why the call cannot be answered; its record is on disk by then
   */
  async handle(route: CallRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.rateLimit.take(request, reply).catch((error: unknown) => this.refuse(route, request, reply, error));
    const call = openCall(route, this.defaultModel(route), request, reply);
    if (call.standIn !== undefined && this.able(call).length === 0) {
      // No upstream hears of this call, so there is nothing to record.
      await reply.send(await call.standIn(call.body));
      return;
    }
    this.recorder.expect(call);
    const answer = await this.answer(call);
    if (answer === undefined) return;
    try {
      await this.sender.send(call, answer, reply);
    } catch (error) {
      await this.recorder.record(call, { candidate: answer.candidate, streamed: false, failure: thrownFailure(error) });
      throw error;
    }
  }

  /** Ends a call that the limit of its key does not let through. */
  private async refuse(
    route: CallRoute,
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: unknown,
  ): Promise<never> {
    const call = openCall(route, this.defaultModel(route), request, reply);
    this.recorder.expect(call);
    await this.recorder.record(call, {
      candidate: undefined,
      streamed: false,
      failure: thrownFailure(refusal),
      withoutContent: true,
    });
    throw refusal;
  }

  /** Finds the upstream that answers; undefined when the client left meanwhile. A failure is recorded here. */
  private async answer(call: ClientCall): Promise<Answer | undefined> {
    let tried: Candidate<Provider> | undefined;
    try {
      const answer = await runCandidates({
        candidates: this.candidates(call),
        breaker: this.breaker,
        signal: call.life.unwanted,
        attempt: async (candidate) => {
          const before = tried;
          tried = candidate;
          return this.upstreams.attempt(call, candidate).catch((error: unknown) => {
            // Nothing was sent to it: the failure that is told of is that of an upstream before it.
            if (error instanceof SallyportError && error.code === 'dialect_unsupported') tried = before ?? candidate;
            throw error;
          });
        },
        discard,
        onBreakerOpen: (upstream) => this.metrics.circuitOpen(upstream),
      });
      const { fallbackModel } = answer.candidate;
      if (fallbackModel !== undefined) this.metrics.fallbackUsed(this.router.groupOf(call.model), fallbackModel);
      return answer;
    } catch (error) {
      await this.recorder.record(call, {
        candidate: tried,
        streamed: call.wantsStream,
        failure: thrownFailure(error),
      });
      if (error instanceof ClientClosedError) return undefined;
      throw error;
    }
  }

  private candidates(call: ClientCall): Candidate<Provider>[] {
    const able = this.able(call);
    if (able.length > 0) return able;
    throw new SallyportError('dialect_unsupported', `No upstream of this model serves ${call.endpoint}`, {
      param: 'model',
    });
  }

  /** The planned candidates that serve the call's endpoint, or can be translated for. */
  private able(call: ClientCall): Candidate<Provider>[] {
    const takes = (target: Provider): boolean => endpointFor(call, target) !== undefined;
    if (call.model !== '') return this.router.plan(call.model).filter(({ deployment }) => takes(deployment.target));
    if (!MODEL_IS_OPTIONAL.has(call.endpoint) && call.method === 'POST' && call.subpath === '') {
      throw new SallyportError('invalid_request', 'A model must be named; see /v1/models', { param: 'model' });
    }
    return this.router.planWithoutModel(({ target }) => takes(target));
  }

  /** Older clients of `/v1/messages` leave the model to the server. */
  private defaultModel({ endpoint }: CallRoute): string {
    if (endpoint !== 'anthropic-messages') return '';
    return this.settings.defaultModel ?? this.settings.defaultUpstream ?? this.router.models[0] ?? '';
  }
}

function discard({ reply }: AttemptReply): void {
  if (reply.kind !== 'whole') reply.deadline.cancel();
}
