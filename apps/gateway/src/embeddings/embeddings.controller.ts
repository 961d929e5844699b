import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { embeddingsReplySchema, embeddingsRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withModel, withVersion } from '../routes/paths';

@ApiTags('Embeddings')
@Controller()
@UseGuards(ApiKeyGuard)
export class EmbeddingsController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('embeddings'))
  @DescribedCall({
    id: 'createEmbeddings',
    summary: 'OpenAI embeddings of texts or token ids',
    reply: embeddingsReplySchema,
  })
  create(
    @Body({ schema: embeddingsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-embeddings', request), request, reply);
  }

  @Post(withModel('embeddings'))
  @ApiParam({ name: 'model', description: 'Model or model group; it wins over the one in the body' })
  @DescribedCall({
    id: 'createEmbeddingsOfDeployment',
    summary: 'The same with the model in the path, as Azure’s clients call it',
    reply: embeddingsReplySchema,
  })
  createAt(
    @Body({ schema: embeddingsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-embeddings', request), request, reply);
  }
}
