import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { messagesReplySchema, messagesRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { ANTHROPIC_BETA, ANTHROPIC_VERSION } from '../docs/anthropic-headers';
import { DescribedCall } from '../docs/described-call.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

@ApiTags('Messages')
@Controller()
@UseGuards(ApiKeyGuard)
export class MessagesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('messages'))
  @ApiHeader(ANTHROPIC_VERSION)
  @ApiHeader(ANTHROPIC_BETA)
  @DescribedCall({
    id: 'createMessage',
    summary: 'Anthropic message, streamed or not',
    description: 'What a request leaves open, such as `model` and `max_tokens`, the configuration decides.',
    reply: messagesReplySchema,
    streamed: true,
    errors: 'anthropic',
  })
  create(
    @Body({ schema: messagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('anthropic-messages', request), request, reply);
  }
}
