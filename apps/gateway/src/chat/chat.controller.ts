import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { chatReplySchema, chatRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Chat')
@Controller()
@UseGuards(ApiKeyGuard)
export class ChatController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('chat/completions'))
  @DescribedCall({
    id: 'createChatCompletion',
    summary: 'OpenAI chat completion, streamed or not',
    reply: chatReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: chatRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-chat', request), request, reply);
  }

  @Post(withModel('chat/completions'))
  @ApiParam({ name: 'model', description: 'Model or model group; it wins over the one in the body' })
  @DescribedCall({
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
    return this.calls.handle(callRouteOf('openai-chat', request), request, reply);
  }
}
