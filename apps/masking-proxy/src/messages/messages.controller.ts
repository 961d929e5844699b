import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  countTokensReplySchema,
  countTokensRequestSchema,
  messagesReplySchema,
  messagesRequestSchema,
} from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ANTHROPIC_BETA, ANTHROPIC_VERSION } from '../docs/anthropic-headers';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { MaskedCallService } from '../masked-call/masked-call.service';
import { withVersion } from '../routes/paths';

@ApiTags('Messages')
@Controller()
@UseGuards(ApiKeyGuard)
export class MessagesController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(withVersion('messages'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiHeader(ANTHROPIC_BETA)
  @MaskedRoute({
    id: 'createMessage',
    summary: 'Anthropic message, masked on the way out, restored on the way back',
    reply: messagesReplySchema,
    streamed: true,
    errors: 'anthropic',
  })
  create(
    @Body({ schema: messagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('anthropic-messages', request, reply);
  }

  @Post(withVersion('messages/count_tokens'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiHeader(ANTHROPIC_BETA)
  @MaskedRoute({
    id: 'countTokens',
    summary: 'How many tokens the masked message would cost',
    reply: countTokensReplySchema,
    errors: 'anthropic',
  })
  count(
    @Body({ schema: countTokensRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('anthropic-count-tokens', request, reply);
  }
}
