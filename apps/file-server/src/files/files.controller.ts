import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WriteAdmission } from '../admission/write-admission';
import { sendFile } from './file-reply';
import { writeFileSchema, type WriteFileRequest } from './files.schema';
import { FilesService, type FilePage } from './files.service';

@ApiTags('Files')
@Controller('v1/files')
@UseGuards(ApiKeyGuard)
export class FilesController {
  constructor(
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(WriteAdmission) private readonly admission: WriteAdmission,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'writeFile',
    summary: 'Store a file',
    description:
      '`sync` answers 201 once the file is on disk, `async` answers 202 once it is in place. With 503 and 507 nothing ' +
      'was stored, and the same call may be sent again.',
  })
  async write(
    @Body({ schema: writeFileSchema }) body: WriteFileRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const seat = this.admission.seatOf(request);
    const written = await this.files.write(body, request.rawBody ?? Buffer.alloc(0), seat);
    await reply.status(written.mode === 'sync' ? 201 : 202).send(written);
  }

  @Get()
  @ApiOperation({
    operationId: 'listFiles',
    summary: 'List files in the order of their paths, page by page',
    description: 'All files are listed that were in place when the first page was asked for, and maybe later ones.',
  })
  @ApiQuery({ name: 'prefix', required: false, example: 'llm/', description: 'What the paths begin with' })
  @ApiQuery({
    name: 'date',
    required: false,
    example: '2026-11-21',
    description: 'Only the files in the folder of this day, `{prefix}{date}/`',
    schema: { type: 'string', format: 'date' },
  })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } })
  @ApiQuery({ name: 'cursor', required: false, description: '`next_cursor` of the page before' })
  list(@Query() query: unknown): Promise<FilePage> {
    return this.files.list(query);
  }

  @Get('*')
  @ApiOperation({
    operationId: 'readFile',
    summary: 'Read a file',
    description: 'A single range of bytes is answered with 206; several ranges with the whole file.',
  })
  @ApiParam({ name: 'path', example: '2026-11-21/example.json' })
  @ApiHeader({ name: 'Range', required: false, example: 'bytes=0-1023', description: 'Part of the file (RFC 9110)' })
  @ApiHeader({ name: 'If-Range', required: false, description: '`ETag` that the file must have for `Range` to count' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: '`ETag` of a copy that is there already' })
  @ApiResponse({ status: 200, description: 'The whole file' })
  @ApiResponse({ status: 206, description: 'The part of it that `Content-Range` tells' })
  @ApiResponse({ status: 304, description: 'The file is the one that `If-None-Match` names' })
  @ApiResponse({ status: 416, description: 'The file has no such bytes; `Content-Range` tells its length' })
  async read(@Param('*') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.files.read(path);
    reply.type(path.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8');
    await sendFile(request, reply, file);
  }
}
