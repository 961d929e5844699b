import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { MaskedEndpoint } from '@sallyport/masking';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskedCounts } from '../audit/audit-fields';
import { UpstreamClient } from '../forward/upstream-client';
import { versionedPathOf } from '../routes/upstream-path';
import { ReplyRestoration } from './reply-restoration';
import { RequestMasking } from './request-masking';

/** Servers close connections that were idle for a few seconds. */
const LONG_MS = 500;

/**
 * Lets everything be heard that happened while a large body was masked. A connection that the upstream has closed
 * meanwhile would be taken for the call, which would fail.
 */
async function hearEvents(): Promise<void> {
  // The first turn ends the one that masking held up; what has arrived since is heard in the second.
  await setImmediate();
  await setImmediate();
}

/** The order of steps of a call: mask, forward, restore. */
@Injectable()
export class MaskedCallService {
  constructor(
    @Inject(RequestMasking) private readonly requests: RequestMasking,
    @Inject(UpstreamClient) private readonly upstream: UpstreamClient,
    @Inject(ReplyRestoration) private readonly replies: ReplyRestoration,
  ) {}

  /**
   * Answers one call on `reply`. Nothing is sent to the upstream unless masking has succeeded.
   *
   * @throws SallyportError why the call cannot be answered
   */
  async handle(endpoint: MaskedEndpoint, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const startedAt = performance.now();
    const call = await this.requests.mask(endpoint, request);
    if (performance.now() - startedAt > LONG_MS) await hearEvents();
    const answer = await this.upstream.send(request, reply, {
      path: versionedPathOf(request.url),
      body: call.body,
      masked: maskedCounts(call.decisions),
    });
    await this.replies.send(call, answer, request, reply);
  }
}
