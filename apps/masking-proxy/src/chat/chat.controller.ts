import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { chatReplySchema, chatRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { MaskedCallService } from '../masked-call/masked-call.service';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Chat')
@Controller()
@UseGuards(ApiKeyGuard)
export class ChatController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(withVersion('chat/completions'))
  @MaskedRoute({
    id: 'createChatCompletion',
    summary: 'OpenAI chat completion, masked on the way out, restored on the way back',
    reply: chatReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: chatRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-chat', request, reply);
  }

  @Post(withModel('chat/completions'))
  @ApiParam({ name: 'model', description: 'Model or model group' })
  @MaskedRoute({
    id: 'createChatCompletionOfDeployment',
    summary: 'The same with the model in the path, as Azure’s clients call it',
    reply: chatReplySchema,
    streamed: true,
  })
  createAt(
    @Body({ schema: chatRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-chat', request, reply);
  }
}
