import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { completionsReplySchema, completionsRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Completions')
@Controller()
@UseGuards(ApiKeyGuard)
export class CompletionsController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('completions'))
  @DescribedCall({
    id: 'createCompletion',
    summary: 'OpenAI text completion, streamed or not',
    reply: completionsReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: completionsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-completions', request), request, reply);
  }

  @Post(withModel('completions'))
  @ApiParam({ name: 'model', description: 'Model or model group; it wins over the one in the body' })
  @DescribedCall({
    id: 'createCompletionOfDeployment',
    summary: 'The same with the model in the path, as Azure’s clients call it',
    reply: completionsReplySchema,
    streamed: true,
  })
  createAt(
    @Body({ schema: completionsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-completions', request), request, reply);
  }
}
