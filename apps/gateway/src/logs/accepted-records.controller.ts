import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import { RECORD_SINK, type RecordSink } from '../recording/record-sink.port';
import { MasterKeyGuard } from './master-key.guard';

/** Most entries of a page, and how many there are when the caller names no number. */
const MAX_LIMIT = 1_000;

const ENTRY = {
  type: 'object',
  properties: {
    call_id: { type: 'string', description: 'Id of the call, the `x-litellm-call-id` of its response' },
    name: { type: 'string', description: 'File name without .json that the record asks for' },
    sha256: { type: 'string', description: 'Digest of the record’s text, in hexadecimal' },
    waiting: { type: 'boolean', description: 'Whether the record is still in the outbox' },
  },
  required: ['call_id', 'name', 'sha256', 'waiting'],
};

/** Tells an operator which records this gateway has accepted, so that they can be looked for where they should be. */
@ApiTags('Operations')
@Controller('v1/logs')
@UseGuards(ApiKeyGuard, MasterKeyGuard)
export class AcceptedRecordsController {
  constructor(@Inject(RECORD_SINK) private readonly sink: RecordSink) {}

  @Get('accepted')
  @ApiOperation({
    operationId: 'listAcceptedRecords',
    summary: 'Records that this gateway has accepted for a day; takes a master key',
  })
  @ApiQuery({ name: 'date', example: '2026-11-21', description: 'Day of the calls’ start, in UTC' })
  @ApiQuery({ name: 'after', required: false, description: '`next` of the page before' })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: MAX_LIMIT },
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: {
        entries: { type: 'array', items: ENTRY },
        next: { type: ['string', 'null'], description: 'Asks for the next page; null at the end' },
        complete: { type: 'boolean', description: 'False when records of that day are forgotten already' },
      },
      required: ['entries', 'next', 'complete'],
    },
  })
  async list(
    @Query('date') date = '',
    @Query('after') after?: string,
    @Query('limit') limit = String(MAX_LIMIT),
  ): Promise<object> {
    const { entries, ...page } = await this.sink.ledger(date, { after, limit: Number(limit) });
    return { entries: entries.map(({ callId, ...entry }) => ({ call_id: callId, ...entry })), ...page };
  }
}
