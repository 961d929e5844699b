import { Inject, Injectable } from '@nestjs/common';
import { TokenGrants } from '@sallyport/masking';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UpstreamClient } from '../forward/upstream-client';
import { CallMemory } from '../memory/call-memory';
import { checkedId, versionedPathOf } from '../routes/upstream-path';
import { CallScopes } from '../scope/call-scopes';
import { tenantOf } from '../scope/tenant';
import { ReplyRestoration } from './reply-restoration';

/** Fetches what an upstream keeps, restored by what was granted to the request that made it. */
@Injectable()
export class StoredReplyService {
  constructor(
    @Inject(UpstreamClient) private readonly upstream: UpstreamClient,
    @Inject(CallMemory) private readonly memory: CallMemory,
    @Inject(CallScopes) private readonly scopes: CallScopes,
    @Inject(ReplyRestoration) private readonly replies: ReplyRestoration,
  ) {}

  /**
   * Answers a call about a stored response on `reply`. A body that the client may have sent stays here: no such call
   * has one.
   *
   * @throws SallyportError why the call cannot be answered
   */
  async handle(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const [answer, scope, earlier] = await Promise.all([
      this.upstream.send(request, reply, { path: pathTo(id, request) }),
      this.scopes.ofResponse(request, id),
      this.memory.loadGrants(tenant, id),
    ]);
    const grants = new TokenGrants(scope.tokens.mint);
    for (const set of earlier) grants.addAll(set);
    await this.replies.send({ endpoint: 'openai-responses', grants, scope }, answer, request, reply);
  }

  /** Deletes a stored response; there is nothing to restore in the answer. */
  async remove(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.upstream.relay(request, reply, pathTo(id, request));
  }
}

function pathTo(id: string, { url }: FastifyRequest): string {
  checkedId(id);
  return versionedPathOf(url);
}
