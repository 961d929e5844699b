import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import type { Provider } from '@sallyport/providers';
import { outcomeOf, type FallbackResult } from '@sallyport/routing';
import type { FastifyReply } from 'fastify';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { replyFailure, thrownFailure } from '../recording/call-failure';
import { CallRecorder } from '../recording/call-recorder';
import { summaryOf } from '../recording/reply-summary';
import { GATEWAY_SETTINGS } from '../settings';
import { BinaryRelay } from './binary-relay';
import { CallOverError } from './call-life';
import type { ClientCall } from './client-call';
import { keptAlive } from './keep-alive';
import { isUsageChunk, streamFormOf, type StreamForm } from './stream-form';
import { limitRetryAfter } from './retry-after';
import { StreamRelay, type StreamEnd } from './stream-relay';
import { headerValue, passReplyHeaders, passRequestId, tellDropped } from './travelling-headers';
import type { AttemptReply } from './upstream-caller';
import type { BinaryReply, StreamedReply, WholeReply } from './upstream-reply';

/** Time that an upstream gets to end its connection in good order after the terminal event. */
const LINGER_MS = 1_000;

/** A reply with the candidate that gave it. */
export type Answer = FallbackResult<Provider, AttemptReply>;

/** Hands an upstream's reply to the client, once the record of the call is on disk. */
@Injectable()
export class ReplySender {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(CallRecorder) private readonly recorder: CallRecorder,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  async send(call: ClientCall, answer: Answer, reply: FastifyReply): Promise<void> {
    const { reply: received } = answer.reply;
    this.setHeaders(call, answer, reply);
    if (received.kind === 'whole') {
      await this.recordWhole(call, answer, received);
      await reply.send(received.body);
      return;
    }
    const form = received.kind === 'stream' ? streamFormOf(call.endpoint) : undefined;
    await reply.send(
      received.kind === 'stream' && form !== undefined
        ? this.recordedStream(call, answer, received, form)
        : this.recordedBytes(call, answer, received),
    );
  }

  private setHeaders(
    call: ClientCall,
    { candidate, reply: { request, reply: received } }: Answer,
    reply: FastifyReply,
  ): void {
    reply.header('x-litellm-model-id', headerValue(candidate.deployment.id));
    if (candidate.fallbackModel !== undefined) {
      call.logFields['fallback_model'] = candidate.fallbackModel;
      reply.header('x-fallback-model', headerValue(candidate.fallbackModel));
    }
    tellDropped(request.translation?.dropped ?? [], received.headers, reply);
    passReplyHeaders(received.headers, reply.status(received.status));
    limitRetryAfter(received.headers, reply, this.settings.maxRetryAfterSeconds);
    if (request.translation === undefined) {
      const upstreamId = passRequestId(received.headers, reply);
      if (upstreamId !== undefined) call.logFields['upstream_request_id'] = headerValue(upstreamId);
    }
  }

  private async recordWhole(call: ClientCall, answer: Answer, { status, value, usage }: WholeReply): Promise<void> {
    await answer.conclude(outcomeOf(status));
    const reply = summaryOf(call.endpoint, value, usage);
    const isLost = call.life.clientLeft && !answer.reply.outlivesClient;
    const gone = isLost ? thrownFailure(call.life.unwanted.reason) : undefined;
    const failure = gone ?? replyFailure(status, reply);
    await this.recorder.record(call, { candidate: answer.candidate, streamed: false, reply, failure });
  }

  private recordedStream(call: ClientCall, answer: Answer, streamed: StreamedReply, form: StreamForm): Readable {
    const { chunks, firstByteAt, status } = streamed;
    const onEnd = async (end: StreamEnd): Promise<void> => {
      const reply = { ...end.reply, usage: streamed.usage?.() ?? end.reply.usage };
      const failure = replyFailure(status, reply) ?? (end.error && thrownFailure(end.error));
      await this.concludeStream(answer, failure !== undefined, end.error);
      await this.recorder.record(call, { candidate: answer.candidate, streamed: true, firstByteAt, reply, failure });
    };
    const relay = new StreamRelay({
      form,
      requestId: call.requestId,
      chunks,
      maxRecordedBytes: this.settings.maxReplyBytes,
      maxEventBytes: this.settings.maxStreamEventBytes,
      hides: answer.reply.request.hidesUsage ? isUsageChunk : undefined,
      signal: call.life.unwanted,
      onEnd,
    });
    const bytes = relay.stream();
    return readableOf(call, keptAlive(bytes, form.ping, this.settings.pingMs), bytes, streamed, relay);
  }

  private recordedBytes(call: ClientCall, answer: Answer, received: StreamedReply | BinaryReply): Readable {
    const { candidate } = answer;
    const { firstByteAt, headers } = received;
    const relay = new BinaryRelay(received.chunks, call.life.unwanted, async ({ bytes, error }) => {
      await this.concludeStream(answer, error !== undefined, error);
      const response = { content_type: headers['content-type'] ?? null, bytes };
      const reply = { id: '', usage: undefined, error: undefined, response };
      const failure = error && thrownFailure(error);
      await this.recorder.record(call, { candidate, streamed: true, firstByteAt, reply, failure });
    });
    const stream = relay.stream();
    return readableOf(call, stream, stream, received, relay);
  }

  /** A stream that broke counts against its upstream, unless the call was over. */
  private async concludeStream({ candidate, conclude }: Answer, failed: boolean, error?: unknown): Promise<void> {
    const isBroken = failed && !(error instanceof CallOverError);
    if (isBroken) this.metrics.streamBroken(candidate.deployment.upstream);
    await conclude(!failed ? 'success' : isBroken ? 'failure' : 'neutral');
  }
}

/** @param source what `bytes` come from; read to its end, or ended, once nobody reads them */
function readableOf(
  { life }: ClientCall,
  bytes: AsyncGenerator<Uint8Array>,
  source: AsyncGenerator<Uint8Array>,
  { deadline }: StreamedReply | BinaryReply,
  relay: StreamRelay | BinaryRelay,
): Readable {
  const readable = Readable.from(bytes, { objectMode: false });
  const onUnwanted = (): void => {
    if (life.clientLeft) readable.destroy();
  };
  if (life.unwanted.aborted) onUnwanted();
  else life.unwanted.addEventListener('abort', onUnwanted, { once: true });
  // Also when the client left before the first byte was read, and nobody will ever read one.
  readable.once('close', () => {
    const ended = deadline.outlivesClient ? readOut(source) : relay.abandon().then(() => source.return(undefined));
    // How it ended is in the record; a record that could not be written has been told of where it was refused.
    ended.catch(() => undefined).finally(() => deadline.cancelAfter(LINGER_MS));
  });
  return readable;
}

async function readOut(source: AsyncGenerator<Uint8Array>): Promise<void> {
  for await (const _ of source);
}
