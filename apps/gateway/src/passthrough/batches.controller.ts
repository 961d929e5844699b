import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { batchRequestSchema, batchSchema, pageSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { MODEL_QUERY } from '../docs/model-query';
import { callRouteOf, idPath } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

/** Handed on to the upstream that runs batches: the default one, unless `?model=` names another. */
@ApiTags('Batches')
@Controller()
@UseGuards(ApiKeyGuard)
export class BatchesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('batches'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'createBatch', summary: 'Run the requests of a stored file', reply: batchSchema })
  create(
    @Body({ schema: batchRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-batches', request), request, reply);
  }

  @Get(withVersion('batches'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'listBatches', summary: 'Batches', reply: pageSchema })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-batches', request, { method: 'GET' }), request, reply);
  }

  @Get(withVersion('batches/:id'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'getBatch', summary: 'How far a batch is', reply: batchSchema })
  retrieve(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-batches', request, { method: 'GET', path: idPath(id) });
    return this.calls.handle(route, request, reply);
  }

  @Post(withVersion('batches/:id/cancel'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'cancelBatch', summary: 'Stop a batch', reply: batchSchema })
  cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-batches', request, { path: `${idPath(id)}/cancel` });
    return this.calls.handle(route, request, reply);
  }
}
