import { Inject, Injectable } from '@nestjs/common';
import { SallyportError, type Dialect } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import { runCandidates, type Candidate, type CircuitBreakerPort, type ModelRouter } from '@sallyport/routing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CIRCUIT_BREAKER } from '../breakers/circuit-breaker.token';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { CallRecorder, thrownFailure } from '../recording/call-recorder';
import { MODEL_ROUTER } from '../upstreams/create-router';
import { ClientClosedError, openCall, type ClientCall } from './client-call';
import { KeyRateLimit } from './key-rate-limit';
import { ReplySender, type Answer } from './reply-sender';
import { UpstreamCaller } from './upstream-caller';
import type { UpstreamReply } from './upstream-reply';

/** The order of steps of a call: limit, route, try upstreams, record, answer. */
@Injectable()
export class CallService {
  constructor(
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
  async handle(dialect: Dialect, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.rateLimit.take(request, reply);
    const call = openCall(dialect, request, reply);
    this.recorder.expect(call);
    const answer = await this.answer(call);
    if (answer !== undefined) await this.sender.send(call, answer, reply);
  }

  /** Finds the upstream that answers; undefined when the client left meanwhile. A failure is recorded here. */
  private async answer(call: ClientCall): Promise<Answer | undefined> {
    let tried: Candidate<Provider> | undefined;
    try {
      const answer = await runCandidates({
        candidates: this.candidates(call),
        breaker: this.breaker,
        signal: call.signal,
        attempt: (candidate) => {
          tried = candidate;
          return this.upstreams.attempt(call, candidate);
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
    const planned = this.router.plan(call.model);
    const able = planned.filter(({ deployment }) => deployment.target.dialects.includes(call.dialect));
    if (able.length > 0) return able;
    throw new SallyportError('dialect_unsupported', 'The upstreams of this model do not speak this API', {
      param: 'model',
    });
  }
}

function discard(reply: UpstreamReply): void {
  if (reply.kind === 'stream') reply.deadline.cancel();
}
