import { Body, Controller, Get, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { FileStore } from './file-store';
import { writeFileSchema } from './files.schema';
import { FilesService, type FilePage } from './files.service';

@ApiTags('Files')
@Controller('v1/files')
@UseGuards(ApiKeyGuard)
export class FilesController {
  constructor(
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(FileStore) private readonly store: FileStore,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'writeFile', summary: 'Write a file; the same path and content may be sent again' })
  async write(
    @Body({ schema: writeFileSchema }) body: z.input<typeof writeFileSchema>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, path } = await this.files.write(body);
    await reply.status(status).send({ path });
  }

  @Get()
  @ApiOperation({ operationId: 'listFiles', summary: 'List files in the order of their paths, page by page' })
  @ApiQuery({ name: 'prefix', required: false })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 1000, 100 by default' })
  @ApiQuery({ name: 'cursor', required: false, description: '`next_cursor` of the page before' })
  list(@Query() query: Record<string, unknown>): Promise<FilePage> {
    return this.files.list(query);
  }

  @Get('*')
  @ApiOperation({ operationId: 'readFile', summary: 'Read a file' })
  @ApiParam({ name: '*', description: 'Path of the file' })
  async read(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    const { stream, size } = await this.store.read(path);
    const type = path.endsWith('.json') ? 'application/json; charset=utf-8' : 'application/octet-stream';
    await reply.type(type).header('content-length', size).header('x-content-type-options', 'nosniff').send(stream);
  }
}
