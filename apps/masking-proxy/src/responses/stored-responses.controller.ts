import { Controller, Delete, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { deletedSchema, pageSchema, responsesReplySchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedRoute } from '../docs/masked-route.decorator';
import { StoredReplyService } from '../masked-call/stored-reply.service';
import { ofResponses } from '../routes/paths';

/** Responses that an upstream keeps. Calls for them carry no text; what comes back is restored all the same. */
@ApiTags('Responses')
@Controller()
@UseGuards(ApiKeyGuard)
export class StoredResponsesController {
  constructor(@Inject(StoredReplyService) private readonly replies: StoredReplyService) {}

  @Get(ofResponses('responses/:id'))
  @ApiQuery({ name: 'stream', required: false, schema: { type: 'boolean' }, description: 'Whether events are sent' })
  @MaskedRoute({ id: 'getResponse', summary: 'A stored response, restored', reply: responsesReplySchema })
  retrieve(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.replies.handle(id, request, reply);
  }

  @Get(ofResponses('responses/:id/input_items'))
  @MaskedRoute({ id: 'listResponseInput', summary: 'The input of a stored response, restored', reply: pageSchema })
  items(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.replies.handle(id, request, reply);
  }

  @Post(ofResponses('responses/:id/cancel'))
  @MaskedRoute({
    id: 'cancelResponse',
    summary: 'Stop a response in the background; what there is of it comes back restored',
    reply: responsesReplySchema,
  })
  cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.replies.handle(id, request, reply);
  }

  @Delete(ofResponses('responses/:id'))
  @MaskedRoute({ id: 'deleteResponse', summary: 'Delete a stored response', reply: deletedSchema })
  remove(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.replies.remove(id, request, reply);
  }
}
