import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { parseJson, summariseReply } from '@sallyport/dialects';
import type { Provider } from '@sallyport/providers';
import type { Candidate, CircuitBreakerPort } from '@sallyport/routing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CIRCUIT_BREAKER } from '../breakers/circuit-breaker.token';
import { CallRecorder, replyFailure, thrownFailure } from '../recording/call-recorder';
import type { ClientCall } from './client-call';
import { relayStream, type StreamEnd } from './relay-stream';
import { passReplyHeaders } from './travelling-headers';
import type { StreamedReply, UpstreamReply, WholeReply } from './upstream-reply';

/** Hands an upstream's reply to the client, once the record of the call is on disk. */
@Injectable()
export class ReplySender {
  constructor(
    @Inject(CIRCUIT_BREAKER) private readonly breaker: CircuitBreakerPort,
    @Inject(CallRecorder) private readonly recorder: CallRecorder,
  ) {}

  async send(
    call: ClientCall,
    candidate: Candidate<Provider>,
    answer: UpstreamReply,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    reply.header('x-litellm-call-id', call.request.callId).header('x-litellm-model-id', candidate.deployment.id);
    if (candidate.fallbackModel !== undefined) {
      call.logFields['fallback_model'] = candidate.fallbackModel;
      reply.header('x-fallback-model', candidate.fallbackModel);
    }
    if (answer.kind === 'whole') {
      await this.recordWhole(call, candidate, answer);
      passReplyHeaders(answer.headers, reply.status(answer.status));
      await reply.send(answer.body);
    } else {
      passReplyHeaders(answer.headers, reply.status(answer.status));
      const chunks = this.recordedStream(call, candidate, answer, request.id);
      await reply.send(Readable.from(chunks, { objectMode: false }));
    }
  }

  private recordWhole(call: ClientCall, candidate: Candidate<Provider>, answer: WholeReply): Promise<void> {
    const reply = summariseReply(call.dialect, parseJson(answer.body.toString('utf8')));
    const gone = call.signal.aborted ? thrownFailure(call.signal.reason) : undefined;
    const failure = gone ?? replyFailure(answer.status, reply);
    return this.recorder.record(call, { candidate, streamed: false, reply, failure });
  }

  private recordedStream(
    call: ClientCall,
    candidate: Candidate<Provider>,
    { chunks, firstByteAt, deadline, status }: StreamedReply,
    requestId: string,
  ): AsyncGenerator<Uint8Array> {
    const onEnd = async ({ reply, error }: StreamEnd): Promise<void> => {
      deadline.release();
      const upstreamBroke = error !== undefined && !call.signal.aborted;
      if (upstreamBroke) await this.breaker.report(candidate.deployment.upstream, 'failure');
      const failure = replyFailure(status, reply) ?? (error && thrownFailure(error));
      await this.recorder.record(call, { candidate, streamed: true, firstByteAt, reply, failure });
    };
    return relayStream({ dialect: call.dialect, requestId, chunks, signal: call.signal, onEnd });
  }
}
