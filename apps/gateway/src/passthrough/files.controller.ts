import { Controller, Delete, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { deletedSchema, pageSchema, storedFileSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { FormBody } from '../docs/form-body.decorator';
import { MODEL_QUERY } from '../docs/model-query';
import { callRouteOf, idPath } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

/** Handed on to the upstream that keeps files: the default one, unless `?model=` names another. */
@ApiTags('Files')
@Controller()
@UseGuards(ApiKeyGuard)
export class FilesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('files'))
  @ApiQuery(MODEL_QUERY)
  @FormBody(
    {
      file: { type: 'binary', about: 'The file' },
      purpose: { type: 'string', about: '`batch`, `fine-tune`, `assistants`, `vision` or `user_data`' },
    },
    ['file', 'purpose'],
  )
  @DescribedCall({ id: 'createFile', summary: 'Store a file', reply: storedFileSchema })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-files', request), request, reply);
  }

  @Get(withVersion('files'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'listFiles', summary: 'Stored files', reply: pageSchema })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-files', request, { method: 'GET' }), request, reply);
  }

  @Get(withVersion('files/:id'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'getFile', summary: 'What is known of a stored file', reply: storedFileSchema })
  retrieve(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-files', request, { method: 'GET', path: idPath(id) });
    return this.calls.handle(route, request, reply);
  }

  @Get(withVersion('files/:id/content'))
  @ApiQuery(MODEL_QUERY)
  @ApiOkResponse({
    description: 'The file as it was stored',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  @DescribedCall({ id: 'getFileContent', summary: 'A stored file' })
  content(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-files', request, { method: 'GET', path: `${idPath(id)}/content` });
    return this.calls.handle(route, request, reply);
  }

  @Delete(withVersion('files/:id'))
  @ApiQuery(MODEL_QUERY)
  @DescribedCall({ id: 'deleteFile', summary: 'Delete a stored file', reply: deletedSchema })
  remove(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = callRouteOf('openai-files', request, { method: 'DELETE', path: idPath(id) });
    return this.calls.handle(route, request, reply);
  }
}
