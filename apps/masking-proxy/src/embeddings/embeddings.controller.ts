import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { embeddingsReplySchema, embeddingsRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { MaskedCallService } from '../masked-call/masked-call.service';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Embeddings')
@Controller()
@UseGuards(ApiKeyGuard)
export class EmbeddingsController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post(withVersion('embeddings'))
  @MaskedRoute({
    id: 'createEmbeddings',
    summary: 'OpenAI embeddings of masked texts',
    reply: embeddingsReplySchema,
  })
  create(
    @Body({ schema: embeddingsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-embeddings', request, reply);
  }

  @Post(withModel('embeddings'))
  @ApiParam({ name: 'model', description: 'Model or model group' })
  @MaskedRoute({
    id: 'createEmbeddingsOfDeployment',
    summary: 'The same with the model in the path, as Azure’s clients call it',
    reply: embeddingsReplySchema,
  })
  createAt(
    @Body({ schema: embeddingsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('openai-embeddings', request, reply);
  }
}
