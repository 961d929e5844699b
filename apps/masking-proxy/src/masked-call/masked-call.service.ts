import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { MaskingSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { createReplyRestorer, KeyRing, Masker, type MaskedBody, type MaskedEndpoint } from '@sallyport/masking';
import type { HttpReply } from '@sallyport/providers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { returnHeaders } from '../forward/forwarded-headers';
import { formOf, restoreStream, restoreText } from '../forward/relay-reply';
import { UpstreamClient } from '../forward/upstream-client';
import { MaskingMetrics } from '../metrics/masking-metrics';
import { MASKING_SETTINGS } from '../settings';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The order of steps of a call: mask, forward, restore. */
@Injectable()
export class MaskedCallService {
  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(Masker) private readonly masker: Masker,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(UpstreamClient) private readonly upstream: UpstreamClient,
    @Inject(MaskingMetrics) private readonly metrics: MaskingMetrics,
  ) {}

  /**
   * Answers one call on `reply`. Nothing is sent to the upstream unless masking has succeeded.
   *
   * @param path path of the call at the upstream
   * @throws SallyportError why the call cannot be answered
   */
  async handle(dialect: MaskedEndpoint, path: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const masked = this.mask(dialect, request);
    const answer = await this.upstream.send(request, reply, path, Buffer.from(masked.text));
    await this.answer(dialect, masked, answer, request, reply);
  }

  private mask(dialect: MaskedEndpoint, request: FastifyRequest): MaskedBody {
    if (request.rawBody === undefined) throw new SallyportError('invalid_request', 'The request has no body');
    const startedAt = performance.now();
    const masked = this.masker.read(dialect, UTF8.decode(request.rawBody)).mask(this.keys.scope(''));
    this.metrics.masked(masked.decisions.masked, performance.now() - startedAt);
    request.logFields = { masked_values: String(masked.grants.size) };
    return masked;
  }

  private async answer(
    dialect: MaskedEndpoint,
    { grants }: MaskedBody,
    answer: HttpReply,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const restorer = createReplyRestorer(dialect, grants);
    const form = grants.size === 0 ? 'same-bytes' : formOf(answer, wantsStream(request));
    const { maxReplyBytes } = this.settings;
    if (form === 'text') {
      const body = await restoreText(answer, restorer, maxReplyBytes);
      returnHeaders(answer.headers, reply.status(answer.status), false);
      await reply.send(body);
      return;
    }
    const relay = { dialect, requestId: request.id, restorer, maxEventBytes: maxReplyBytes };
    const chunks = form === 'stream' ? restoreStream(answer.body, relay) : answer.body;
    returnHeaders(answer.headers, reply.status(answer.status), form === 'same-bytes');
    await reply.send(Readable.from(chunks, { objectMode: false }));
  }
}

function wantsStream({ body }: FastifyRequest): boolean {
  return (body as { stream?: unknown } | undefined)?.stream === true;
}
