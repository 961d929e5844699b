import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeFileSchema, type WriteFileRequest } from './files.schema';
import { FilesService, type FilePage } from './files.service';

@ApiTags('Files')
@Controller('v1/files')
@UseGuards(ApiKeyGuard)
export class FilesController {
  constructor(@Inject(FilesService) private readonly files: FilesService) {}

  @Post()
  @ApiOperation({
    operationId: 'writeFile',
    summary: 'Store a file',
    description: '`sync` answers 201 once the file is on disk, `async` answers 202 once it is in place.',
  })
  async write(
    @Body({ schema: writeFileSchema }) body: WriteFileRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const written = await this.files.write(body, request.rawBody ?? Buffer.alloc(0));
    await reply.status(written.mode === 'sync' ? 201 : 202).send(written);
  }

  @Get()
  @ApiOperation({ operationId: 'listFiles', summary: 'List files in the order of their paths, page by page' })
  @ApiQuery({ name: 'prefix', required: false, example: '2026-11-21/' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } })
  @ApiQuery({ name: 'cursor', required: false, description: '`next_cursor` of the page before' })
  list(@Query() query: unknown): Promise<FilePage> {
    return this.files.list(query);
  }

  @Get('*')
  @ApiOperation({ operationId: 'readFile', summary: 'Read a file' })
  @ApiParam({ name: 'path', example: '2026-11-21/example.json' })
  async read(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    const { handle, bytes } = await this.files.read(path);
    await reply
      .type(path.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8')
      .header('content-length', bytes)
      .header('x-content-type-options', 'nosniff')
      // A file that grows while it is read must not exceed the length that was told; streams close their handle.
      .send(bytes === 0 ? await handle.close().then(() => '') : handle.createReadStream({ start: 0, end: bytes - 1 }));
  }
}
