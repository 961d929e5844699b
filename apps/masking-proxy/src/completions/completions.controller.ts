import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { completionsReplySchema, completionsRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { MaskedCallService } from '../masked-call/masked-call.service';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Completions')
@Controller()
@UseGuards(ApiKeyGuard)
export class CompletionsController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(withVersion('completions'))
  @MaskedRoute({
    id: 'createCompletion',
    summary: 'OpenAI completion of a text, masked on the way out, restored on the way back',
    reply: completionsReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: completionsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-completions', request, reply);
  }

  @Post(withModel('completions'))
  @ApiParam({ name: 'model', description: 'Model or model group' })
  @MaskedRoute({
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
    return this.calls.handle('openai-completions', request, reply);
  }
}
