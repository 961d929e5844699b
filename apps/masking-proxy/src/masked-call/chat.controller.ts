import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { chatRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedCallService } from './masked-call.service';

@ApiTags('Chat')
@Controller()
@UseGuards(ApiKeyGuard)
export class ChatController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(['v1/chat/completions', 'chat/completions'])
  @HttpCode(200)
  @ApiOperation({
    operationId: 'createChatCompletion',
    summary: 'OpenAI chat completion, masked on the way out, restored back',
  })
  create(
    @Body({ schema: chatRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-chat', '/v1/chat/completions', request, reply);
  }
}
