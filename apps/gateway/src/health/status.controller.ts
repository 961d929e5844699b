import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { CircuitBreakerPort } from '@sallyport/routing';
import { CIRCUIT_BREAKER } from '../breakers/circuit-breaker.token';

@ApiTags('Operations')
@Controller('health')
export class StatusController {
  constructor(@Inject(CIRCUIT_BREAKER) private readonly breaker: CircuitBreakerPort) {}

  /** Never calls an upstream: what live traffic has shown is enough, and free. */
  @Get()
  @ApiSecurity({})
  @ApiOperation({ operationId: 'getHealth', summary: 'Whether the gateway works, and how many upstreams are resting' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: {
        status: { type: 'string' },
        healthy_count: { type: 'integer' },
        unhealthy_count: { type: 'integer' },
      },
      example: { status: 'healthy', healthy_count: 1, unhealthy_count: 0 },
    },
  })
  async status(): Promise<object> {
    const snapshots = await this.breaker.snapshot();
    const unhealthy = snapshots.filter(({ phase }) => phase !== 'CLOSED').length;
    return { status: 'healthy', healthy_count: snapshots.length - unhealthy, unhealthy_count: unhealthy };
  }
}
