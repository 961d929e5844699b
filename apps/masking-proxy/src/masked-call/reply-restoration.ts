import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { MaskingSettings } from '@sallyport/config';
import { isDialect } from '@sallyport/dialects';
import { createReplyRestorer, Masker, type ReplyRestorer, type SinkRules } from '@sallyport/masking';
import type { HttpReply } from '@sallyport/providers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { replyFields } from '../audit/audit-fields';
import { returnHeaders } from '../forward/forwarded-headers';
import { passReply } from '../forward/pass-reply';
import { CallMemory } from '../memory/call-memory';
import { MaskingMetrics } from '../metrics/masking-metrics';
import { CallScopes } from '../scope/call-scopes';
import { MASKING_SETTINGS } from '../settings';
import { fetchToolRule } from './fetch-tools';
import type { RestorableCall } from './masked-call';
import { formed, isEncoded, type FormedReply } from './reply-form';
import { restoreStream, restoreText } from './restore-reply';

/** Restores replies and remembers what a later request will need of them. */
@Injectable()
export class ReplyRestoration {
  private readonly sinks: SinkRules;

  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(Masker) private readonly masker: Masker,
    @Inject(CallMemory) private readonly memory: CallMemory,
    @Inject(CallScopes) private readonly scopes: CallScopes,
    @Inject(MaskingMetrics) private readonly metrics: MaskingMetrics,
  ) {
    this.sinks = { fetchTools: fetchToolRule(settings.fetchTools) };
  }

  /** Sends an upstream's answer to the client, restored. */
  async send(call: RestorableCall, received: HttpReply, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const answer = await this.formed(call, received);
    if (answer.form === 'same-bytes') return passReply(answer, reply);
    const restorer = createReplyRestorer(call.endpoint, {
      grants: call.grants,
      sinks: this.sinks,
      needsMemory: (text, name) => !this.settings.reportOnly && this.masker.finds(text, name),
    });
    const { maxReplyBytes } = this.settings;
    const remember = (): Promise<void> => this.remember(call, restorer, request);
    const ended = (): void => this.note(restorer, request);
    if (answer.form === 'text') {
      const body = await restoreText(answer, restorer, maxReplyBytes);
      await remember();
      ended();
      returnHeaders(answer.headers, reply.status(answer.status), false);
      await reply.send(body);
      return;
    }
    const { endpoint } = call;
    const restoration = { endpoint, requestId: request.id, restorer, maxEventBytes: maxReplyBytes, remember, ended };
    returnHeaders(answer.headers, reply.status(answer.status), false);
    await reply.send(Readable.from(restoreStream(answer.body, restoration), { objectMode: false }));
  }

  /**
   * A reply to a request without values is read as well: what a model says of its own accord comes back in the history
   * and must then not be taken for the client's.
   */
  private async formed({ endpoint, grants, scope }: RestorableCall, answer: HttpReply): Promise<FormedReply> {
    const remembers = isDialect(endpoint) && (!this.settings.reportOnly || scope.conversation !== undefined);
    if (grants.size === 0 && (!remembers || isEncoded(answer))) return { ...answer, form: 'same-bytes' };
    return formed(answer);
  }

  private async remember(call: RestorableCall, restorer: ReplyRestorer, request: FastifyRequest): Promise<void> {
    const { grants, scope } = call;
    const { texts, responseId, conversationId } = restorer;
    const kept: Promise<void>[] = [];
    if (texts.length > 0) kept.push(this.memory.remember(scope.tokens, texts));
    if (grants.size > 0) {
      const ids = [responseId, conversationId].filter((id) => id !== undefined);
      if (ids.length > 0) kept.push(this.memory.saveGrants(scope.tenant, ids, grants));
    }
    if (responseId !== undefined && scope.conversation !== undefined) {
      kept.push(this.scopes.noteResponse(request, responseId, scope.conversation));
    }
    await Promise.all(kept);
  }

  private note({ outcomes }: ReplyRestorer, request: FastifyRequest): void {
    this.metrics.restored(outcomes);
    request.logFields = { ...request.logFields, ...replyFields(outcomes) };
  }
}
