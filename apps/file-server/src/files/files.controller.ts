import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WriteAdmission } from '../admission/write-admission';
import { sendFile } from './file-reply';
import { AnswersWithFile, Refuses } from './files.docs';
import {
  filePageSchema,
  writeFileSchema,
  writtenFileSchema,
  type FilePage,
  type WriteFileRequest,
} from './files.schema';
import { FilesService } from './files.service';

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
  @ApiResponse({ status: 201, description: 'The file is on disk', standardSchema: writtenFileSchema })
  @ApiResponse({ status: 202, description: 'The file is in place', standardSchema: writtenFileSchema })
  @Refuses(401, 409, 413, 415, 422, 503, 507)
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
  @ApiResponse({ status: 200, description: 'A page of files', standardSchema: filePageSchema })
  @Refuses(401, 422, 503)
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
  @AnswersWithFile()
  @Refuses(401, 404, 416, 422, 503)
  async read(@Param('*') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.files.read(path);
    reply.type(path.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8');
    await sendFile(request, reply, file);
  }
}
