import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { MaskingSelfTest } from './masking-self-test';

@ApiTags('Operations')
@Controller('health')
export class StatusController {
  constructor(@Inject(MaskingSelfTest) private readonly selfTest: MaskingSelfTest) {}

  /**
   * The fields that users of the older masking proxy watch. What this proxy does without is `not_initialized`; the
   * upstream is `unknown`, because asking it costs a call and live traffic shows more.
   */
  @Get()
  @ApiSecurity({})
  @ApiOperation({ operationId: 'getHealth', summary: 'Whether the proxy can mask' })
  status(): object {
    const engine = this.selfTest.works() ? 'healthy' : 'error';
    return {
      status: engine === 'healthy' ? 'healthy' : 'unhealthy',
      masking_engine: engine,
      redis_connection: 'not_initialized',
      litellm_client: 'unknown',
      claude_code_sdk: 'not_initialized',
      version: '0.1.0',
    };
  }
}
