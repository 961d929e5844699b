import { Inject, Injectable } from '@nestjs/common';
import { objectOf, SallyportError } from '@sallyport/dialects';
import {
  BlockedByPolicyError,
  Masker,
  type DecisionCounts,
  type MaskDraft,
  type MaskedBody,
  type MaskedEndpoint,
  type StoredGrantSet,
} from '@sallyport/masking';
import type { FastifyRequest } from 'fastify';
import { requestFields } from '../audit/audit-fields';
import { CallMemory } from '../memory/call-memory';
import { MaskingMetrics } from '../metrics/masking-metrics';
import { CallScopes, type CallScope } from '../scope/call-scopes';
import { previousResponseOf, storedConversationOf } from '../scope/conversation-name';
import { tenantOf } from '../scope/tenant';
import type { MaskedCall } from './masked-call';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Masks the body of a request with the tokens of its tenant, and finds out what its reply may be restored from. */
@Injectable()
export class RequestMasking {
  constructor(
    @Inject(Masker) private readonly masker: Masker,
    @Inject(CallScopes) private readonly scopes: CallScopes,
    @Inject(CallMemory) private readonly memory: CallMemory,
    @Inject(MaskingMetrics) private readonly metrics: MaskingMetrics,
  ) {}

  /**
   * @throws BlockedByPolicyError when the body holds what must not be sent
   * @throws SallyportError why the body cannot be masked
   */
  async mask(endpoint: MaskedEndpoint, request: FastifyRequest): Promise<MaskedCall> {
    if (request.rawBody === undefined) throw new SallyportError('invalid_request', 'The request has no body');
    const startedAt = performance.now();
    const draft = this.masker.read(endpoint, UTF8.decode(request.rawBody));
    const readMs = performance.now() - startedAt;
    const scope = await this.scopes.of(request, endpoint, draft);
    const [masked, earlier] = await Promise.all([
      this.maskDraft(draft, scope, request, readMs),
      this.earlierGrants(endpoint, request),
    ]);
    const { text, grants, decisions } = masked;
    for (const set of earlier) grants.addAll(set);
    return { endpoint, scope, grants, decisions, body: Buffer.from(text) };
  }

  private async maskDraft(
    draft: MaskDraft,
    { tokens }: CallScope,
    request: FastifyRequest,
    readMs: number,
  ): Promise<MaskedBody> {
    const ledger = await this.memory.recall(tokens, draft.modelTexts);
    const startedAt = performance.now();
    const note = (decisions: DecisionCounts): void => {
      this.metrics.masked(decisions, readMs + performance.now() - startedAt);
      request.logFields = requestFields(decisions);
    };
    try {
      const masked = draft.mask(tokens, ledger);
      note(masked.decisions);
      return masked;
    } catch (error) {
      if (error instanceof BlockedByPolicyError) note(error.decisions);
      throw error;
    }
  }

  /** What a request is granted because it carries on from what the upstream keeps, without repeating it. */
  private async earlierGrants(endpoint: MaskedEndpoint, request: FastifyRequest): Promise<StoredGrantSet[]> {
    if (endpoint !== 'openai-responses') return [];
    const body = objectOf(request.body);
    const ids = [previousResponseOf(body), storedConversationOf(body)].filter((id) => id !== undefined);
    const sets = await Promise.all(ids.map((id) => this.memory.loadGrants(tenantOf(request), id)));
    return sets.flat();
  }
}
