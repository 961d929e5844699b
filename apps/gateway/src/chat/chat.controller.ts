import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { chatRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';

@ApiTags('Chat')
@Controller()
@UseGuards(ApiKeyGuard)
export class ChatController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(['v1/chat/completions', 'chat/completions'])
  @HttpCode(200)
  @ApiOperation({ operationId: 'createChatCompletion', summary: 'OpenAI chat completion, streamed or not' })
  create(
    @Body({ schema: chatRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-chat', request, reply);
  }
}
