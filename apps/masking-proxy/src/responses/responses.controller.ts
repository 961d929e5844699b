import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { compactedResponseSchema, responsesReplySchema, responsesRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { MaskedCallService } from '../masked-call/masked-call.service';
import { ofResponses } from '../routes/paths';
import { inputTokensSchema } from './input-tokens.schema';

/** Calls of the Responses API that carry a conversation. */
@ApiTags('Responses')
@Controller()
@UseGuards(ApiKeyGuard)
export class ResponsesController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(ofResponses('responses'))
  @MaskedRoute({
    id: 'createResponse',
    summary: 'OpenAI response, masked on the way out, restored on the way back',
    reply: responsesReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: responsesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-responses', request, reply);
  }

  @Post(ofResponses('responses/compact'))
  @MaskedRoute({
    id: 'compactResponse',
    summary: 'Shorten a masked conversation, by an upstream that can',
    reply: compactedResponseSchema,
  })
  compact(
    @Body({ schema: responsesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-responses', request, reply);
  }

  @Post(ofResponses('responses/input_tokens'))
  @MaskedRoute({
    id: 'countResponseInput',
    summary: 'How many tokens the masked input would cost, by an upstream that can count',
    reply: inputTokensSchema,
  })
  count(
    @Body({ schema: responsesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-responses', request, reply);
  }
}
