import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { summariseReply } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import { outcomeOf, type FallbackResult } from '@sallyport/routing';
import type { FastifyReply } from 'fastify';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { CallRecorder, replyFailure, thrownFailure } from '../recording/call-recorder';
import { GATEWAY_SETTINGS } from '../settings';
import type { ClientCall } from './client-call';
import { StreamRelay, type StreamEnd } from './stream-relay';
import { headerValue, passReplyHeaders } from './travelling-headers';
import type { StreamedReply, UpstreamReply, WholeReply } from './upstream-reply';

/** Time that an upstream gets to end its connection in good order after the terminal event. */
const LINGER_MS = 1_000;

/** A reply with the candidate that gave it. */
export type Answer<R extends UpstreamReply = UpstreamReply> = FallbackResult<Provider, R>;

/** Hands an upstream's reply to the client, once the record of the call is on disk. */
@Injectable()
export class ReplySender {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(CallRecorder) private readonly recorder: CallRecorder,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  async send(call: ClientCall, answer: Answer, reply: FastifyReply): Promise<void> {
    const { candidate } = answer;
    reply.header('x-litellm-model-id', headerValue(candidate.deployment.id));
    if (candidate.fallbackModel !== undefined) {
      call.logFields['fallback_model'] = candidate.fallbackModel;
      reply.header('x-fallback-model', headerValue(candidate.fallbackModel));
    }
    passReplyHeaders(answer.reply.headers, reply.status(answer.reply.status));
    if (answer.reply.kind === 'whole') {
      await this.recordWhole(call, answer, answer.reply);
      await reply.send(answer.reply.body);
    } else {
      await reply.send(this.recordedStream(call, answer, answer.reply, reply.request.id));
    }
  }

  private async recordWhole(call: ClientCall, answer: Answer, { status, value }: WholeReply): Promise<void> {
    await answer.conclude(outcomeOf(status));
    const reply = summariseReply(call.dialect, value);
    const gone = call.signal.aborted ? thrownFailure(call.signal.reason) : undefined;
    const failure = gone ?? replyFailure(status, reply);
    await this.recorder.record(call, { candidate: answer.candidate, streamed: false, reply, failure });
  }

  private recordedStream(call: ClientCall, answer: Answer, streamed: StreamedReply, requestId: string): Readable {
    const { candidate } = answer;
    const { chunks, firstByteAt, deadline, status } = streamed;
    const onEnd = async ({ reply, error }: StreamEnd): Promise<void> => {
      const failure = replyFailure(status, reply) ?? (error && thrownFailure(error));
      const isBroken = failure !== undefined && !call.signal.aborted;
      if (isBroken) this.metrics.streamBroken(candidate.deployment.upstream);
      await answer.conclude(failure === undefined ? 'success' : isBroken ? 'failure' : 'neutral');
      await this.recorder.record(call, { candidate, streamed: true, firstByteAt, reply, failure });
    };
    const relay = new StreamRelay({
      dialect: call.dialect,
      requestId,
      chunks,
      maxRecordedBytes: this.settings.maxReplyBytes,
      signal: call.signal,
      onEnd,
    });
    const readable = Readable.from(relay.stream(), { objectMode: false });
    // Also when the client left before the first byte was read, and nobody will ever read one.
    readable.once('close', () => {
      deadline.cancelAfter(LINGER_MS);
      // A record that could not be written has been told of where it was refused.
      relay.abandon().catch(() => undefined);
    });
    return readable;
  }
}
