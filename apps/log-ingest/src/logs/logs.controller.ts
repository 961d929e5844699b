import { Body, Controller, Get, HttpCode, Inject, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, parseBody } from '@sallyport/platform';
import { DEAD_LETTER_PAGE, QUEUED_PAGE, REPLAY_ANSWER } from './logs.examples';
import {
  pageSchema,
  replaySchema,
  type DeadLetterPage,
  type QueuedPage,
  type ReplayAnswer,
  type ReplayRequest,
} from './logs.schema';
import { LogsService } from './logs.service';
import { ReplayService } from './replay.service';

const START = { name: 'start', required: false, schema: { type: 'integer', minimum: 0, default: 0 } } as const;
const COUNT = {
  name: 'count',
  required: false,
  schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
} as const;

/** What operators ask of the log pipeline; names and reasons only, never the content of a record. */
@ApiTags('Logs')
@Controller('v1/logs')
@UseGuards(ApiKeyGuard)
export class LogsController {
  constructor(
    @Inject(LogsService) private readonly logs: LogsService,
    @Inject(ReplayService) private readonly replays: ReplayService,
  ) {}

  @Get('queued')
  @ApiOperation({
    operationId: 'listQueuedRecords',
    summary: 'List the records in the queue, batch by batch',
    description: 'A page holds up to `count` batches of each state. The queue moves on between two pages.',
  })
  @ApiQuery(START)
  @ApiQuery(COUNT)
  @ApiOkResponse({ description: 'A page of batches', schema: { type: 'object', example: QUEUED_PAGE } })
  queued(@Query() query: unknown): Promise<QueuedPage> {
    return this.logs.queued(parseBody(pageSchema, query));
  }

  @Get('dead-letters')
  @ApiOperation({ operationId: 'listDeadLetters', summary: 'List the records that were given up, and why' })
  @ApiQuery(START)
  @ApiQuery(COUNT)
  @ApiOkResponse({ description: 'A page of dead letters', schema: { type: 'object', example: DEAD_LETTER_PAGE } })
  deadLetters(@Query() query: unknown): Promise<DeadLetterPage> {
    return this.logs.deadLetters(parseBody(pageSchema, query));
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayRecords',
    summary: 'Put dead letters, and batches that were set aside, back into the queue',
    description:
      'Safe to repeat. With `file`, the dead letters that were filed on that day; for when the queue was lost.',
  })
  @ApiOkResponse({ description: 'What went back', schema: { type: 'object', example: REPLAY_ANSWER } })
  replay(@Body({ schema: replaySchema }) body: ReplayRequest | undefined): Promise<ReplayAnswer> {
    return this.replays.replay(parseBody(replaySchema, body));
  }
}
