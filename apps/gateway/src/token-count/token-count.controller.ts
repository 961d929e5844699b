import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { countTokensReplySchema, countTokensRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ANTHROPIC_BETA, ANTHROPIC_VERSION } from '../docs/anthropic-headers';
import { DescribedCall } from '../docs/described-call.decorator';
import { withVersion } from '../routes/paths';
import { TokenCountService } from './token-count.service';

@ApiTags('Messages')
@Controller()
@UseGuards(ApiKeyGuard)
export class TokenCountController {
  constructor(@Inject(TokenCountService) private readonly counts: TokenCountService) {}

  @Post(withVersion('messages/count_tokens'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiHeader(ANTHROPIC_BETA)
  @DescribedCall({
    id: 'countTokens',
    summary: 'How many tokens a message would cost',
    description: 'Counted by the model’s upstream, or estimated here: `x-sallyport-token-count` says which.',
    reply: countTokensReplySchema,
    errors: 'anthropic',
  })
  count(
    @Body({ schema: countTokensRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.counts.count(request, reply);
  }
}
