import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { replaceModel, SallyportError } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { AttemptResult, Candidate } from '@sallyport/routing';
import { endSpan, startClientSpan, traceHeaders } from '@sallyport/telemetry';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { GATEWAY_SETTINGS } from '../settings';
import { AttemptDeadline } from './attempt-deadline';
import type { ClientCall } from './client-call';
import { requestHeaders } from './travelling-headers';
import { receiveReply, type UpstreamReply } from './upstream-reply';

/** Makes one attempt of a call at one upstream. */
@Injectable()
export class UpstreamCaller {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Resolves with the upstream's reply of any status, read as far as {@link receiveReply} says.
   *
   * @throws SallyportError when no reply could be had in time
   */
  async attempt(call: ClientCall, candidate: Candidate<Provider>): Promise<AttemptResult<UpstreamReply>> {
    const { requestTimeoutMs, streamIdleMs, maxReplyBytes } = this.settings;
    const { target, upstream } = candidate.deployment;
    call.logFields['upstream'] = upstream;
    // Before anything is sent: a body that cannot be rewritten is no failure of the upstream.
    const body = candidate.model === call.model ? call.rawBody : replaceModel(call.rawBody, candidate.model);
    const deadline = new AttemptDeadline(call.signal, requestTimeoutMs);
    const startedAt = performance.now();
    const span = startClientSpan(`chat ${candidate.model}`, call.span, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': target.name,
      'gen_ai.request.model': candidate.model,
      'gen_ai.request.stream': call.wantsStream,
    });
    let outcome = 'internal';
    try {
      const httpReply = await target.call({
        dialect: call.dialect,
        body,
        headers: { ...requestHeaders(call.headers), ...traceHeaders(span) },
        signal: deadline.signal,
        firstByteTimeoutMs: requestTimeoutMs,
        idleTimeoutMs: streamIdleMs,
      });
      const reply = await receiveReply(httpReply, deadline, maxReplyBytes);
      outcome = String(reply.status);
      return { reply, status: reply.status };
    } catch (error) {
      deadline.cancel();
      if (error instanceof SallyportError) outcome = error.code;
      throw error;
    } finally {
      this.metrics.upstreamCalled(upstream, outcome, performance.now() - startedAt);
      endSpan(span, {}, outcome === '200' ? undefined : outcome);
    }
  }
}
