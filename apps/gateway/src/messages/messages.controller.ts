import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { messagesRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';

@ApiTags('Messages')
@Controller()
@UseGuards(ApiKeyGuard)
export class MessagesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post('v1/messages')
  @HttpCode(200)
  @ApiOperation({ operationId: 'createMessage', summary: 'Anthropic message, streamed or not' })
  create(
    @Body({ schema: messagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('anthropic-messages', request, reply);
  }
}
