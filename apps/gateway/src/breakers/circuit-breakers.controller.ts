import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '@sallyport/platform';
import type { CircuitBreakerPort } from '@sallyport/routing';
import { CIRCUIT_BREAKER } from './circuit-breaker.token';

@ApiTags('Operations')
@Controller('v1/circuit-breakers')
@UseGuards(ApiKeyGuard)
export class CircuitBreakersController {
  constructor(@Inject(CIRCUIT_BREAKER) private readonly breaker: CircuitBreakerPort) {}

  @Get()
  @ApiOperation({ operationId: 'listCircuitBreakers', summary: 'State of the circuit breaker of each upstream called' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: {
        object: { type: 'string' },
        data: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              upstream: { type: 'string' },
              state: { type: 'string', enum: ['CLOSED', 'OPEN', 'HALF_OPEN'] },
              failures: { type: 'integer' },
              retry_after_seconds: { type: 'number' },
            },
          },
        },
      },
      example: {
        object: 'list',
        data: [{ upstream: 'mock', state: 'CLOSED', failures: 0, retry_after_seconds: 0 }],
      },
    },
  })
  async list(): Promise<object> {
    const snapshots = await this.breaker.snapshot();
    const data = snapshots.map(({ upstream, phase, failures, retryAfterMs }) => ({
      upstream,
      state: phase,
      failures,
      retry_after_seconds: retryAfterMs / 1000,
    }));
    return { object: 'list', data };
  }
}
