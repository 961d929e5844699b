import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { MaskingSettings } from '@sallyport/config';
import type { MaskingStateStore } from '@sallyport/stores';
import { UpstreamClient } from '../forward/upstream-client';
import { MASKING_STATE } from '../memory/masking-state.token';
import { MASKING_SETTINGS } from '../settings';
import { MaskingSelfTest } from './masking-self-test';

const VERSION = '0.1.0';
const STATES = ['healthy', 'not_initialized', 'unknown', 'error', 'timeout'] as const;
type PartState = (typeof STATES)[number];

const text = { type: 'string' } as const;
const part = { type: 'string', enum: [...STATES] };

/** What users of the older masking proxy watch, in its own fields; open to all. */
@ApiTags('Operations')
@ApiSecurity({})
@Controller()
export class StatusController {
  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(MaskingSelfTest) private readonly selfTest: MaskingSelfTest,
    @Inject(MASKING_STATE) private readonly state: MaskingStateStore,
    @Inject(UpstreamClient) private readonly upstream: UpstreamClient,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getRoot', summary: 'What answers here' })
  @ApiOkResponse({ schema: { type: 'object', properties: { service: text, status: text, version: text, docs: text } } })
  root(): object {
    return { service: 'sallyport-masking-proxy', status: 'running', version: VERSION, docs: '/docs' };
  }

  /**
   * Calls go on while Redis is away, so that alone makes nobody unhealthy. The upstream is not asked, because asking
   * costs a call: what is told is how the last one went.
   */
  @Get('health')
  @ApiOperation({ operationId: 'getHealth', summary: 'Whether the proxy can mask, and how its surroundings are' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: {
        status: text,
        masking_engine: part,
        redis_connection: part,
        litellm_client: part,
        claude_code_sdk: part,
        version: text,
      },
    },
  })
  async health(): Promise<object> {
    const engine: PartState = this.selfTest.works() ? 'healthy' : 'error';
    return {
      status: engine === 'healthy' ? 'healthy' : 'unhealthy',
      masking_engine: engine,
      redis_connection: await this.redis(),
      litellm_client: this.upstream.state,
      claude_code_sdk: 'not_initialized',
      version: VERSION,
    };
  }

  private async redis(): Promise<PartState> {
    if (this.settings.state.redis === undefined) return 'not_initialized';
    return this.state.check().then(
      () => 'healthy',
      () => 'error',
    );
  }
}
