import { Body, Controller, Delete, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  compactedResponseSchema,
  deletedSchema,
  pageSchema,
  responsesReplySchema,
  responsesRequestSchema,
} from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { MODEL_QUERY } from '../docs/model-query';
import { callRouteOf, idPath } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

/** Azure's clients call both generations of its API: `/openai/v1/…` and, with `?api-version=`, `/openai/…`. */
const paths = (path: string): string[] => [...withVersion(path), `openai/v1/${path}`, `openai/${path}`];

/** Stored responses are with the upstream that made them; where several keep some, `?model=` says which is asked. */
@ApiTags('Responses')
@Controller()
@UseGuards(ApiKeyGuard)
export class ResponsesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(paths('responses'))
  @DescribedCall({
    id: 'createResponse',
    summary: 'OpenAI response, streamed or not',
    reply: responsesReplySchema,
    streamed: true,
  })
  create(
    @Body({ schema: responsesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-responses', request), request, reply);
  }

  @Post(paths('responses/compact'))
  @DescribedCall({
    id: 'compactResponse',
    summary: 'Shorten a conversation, by an upstream that can',
    reply: compactedResponseSchema,
  })
  compact(
    @Body({ schema: responsesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-responses', request, { path: '/compact' }), request, reply);
  }

  @Get(paths('responses/:id'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'getResponse', summary: 'A stored response', reply: responsesReplySchema })
  retrieve(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-responses', request, { method: 'GET', path: idPath(id) });
    return this.calls.handle(route, request, reply);
  }

  @Delete(paths('responses/:id'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'deleteResponse', summary: 'Delete a stored response', reply: deletedSchema })
  remove(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-responses', request, { method: 'DELETE', path: idPath(id) });
    return this.calls.handle(route, request, reply);
  }

  @Post(paths('responses/:id/cancel'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'cancelResponse', summary: 'Stop a response in the background', reply: responsesReplySchema })
  cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-responses', request, { path: `${idPath(id)}/cancel` });
    return this.calls.handle(route, request, reply);
  }

  @Get(paths('responses/:id/input_items'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'listResponseInput', summary: 'The input of a stored response', reply: pageSchema })
  items(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-responses', request, { method: 'GET', path: `${idPath(id)}/input_items` });
    return this.calls.handle(route, request, reply);
  }
}
