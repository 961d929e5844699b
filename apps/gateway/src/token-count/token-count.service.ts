import { Inject, Injectable } from '@nestjs/common';
import { estimateInputTokens } from '@sallyport/usage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { callRouteOf } from '../routes/call-route-of';

/** Tells who counted: `upstream`, or `estimate` for this gateway. */
const COUNTED_BY = 'x-sallyport-token-count';

/** Counts the tokens of a message without having it answered. */
@Injectable()
export class TokenCountService {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  /** The upstream counts where it can; what it cannot is estimated, never generated. */
  count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.header(COUNTED_BY, 'upstream');
    const route = callRouteOf('anthropic-count-tokens', request);
    const standIn = async (body: Record<string, unknown>): Promise<object> => {
      const inputTokens = await estimateInputTokens(body);
      reply.header(COUNTED_BY, 'estimate');
      return { input_tokens: inputTokens };
    };
    return this.calls.handle({ ...route, standIn }, request, reply);
  }
}
