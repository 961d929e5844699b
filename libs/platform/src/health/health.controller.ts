import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorFunction } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { HEALTH_CHECKS, type HealthChecks, type ReadinessCheck } from './readiness-check';

/** What a probe answers, as Terminus writes it. */
const HEALTH = {
  type: 'object',
  properties: { status: { type: 'string' }, info: {}, error: {}, details: {} },
  required: ['status'],
};

/** Probes of the kind that Kubernetes asks: open to all, cheap, and without a call to any model provider. */
@ApiTags('Operations')
@ApiSecurity({})
@ApiServiceUnavailableResponse({ description: 'It does not; the body says what is wrong', schema: HEALTH })
@Controller()
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(HEALTH_CHECKS) private readonly checks: HealthChecks,
  ) {}

  @Get('livez')
  @ApiOperation({ operationId: 'isAlive', summary: 'Whether the process still makes progress' })
  @ApiOkResponse({ description: 'It does', schema: HEALTH })
  live(@Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, this.checks.live ?? []);
  }

  @Get('readyz')
  @ApiOperation({ operationId: 'isReady', summary: 'Whether the process can do its work now' })
  @ApiOkResponse({ description: 'It can', schema: HEALTH })
  ready(@Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, this.checks.ready ?? []);
  }

  /** A failed check is an answer (503 and which one), not an error of this request. */
  private async answer(reply: FastifyReply, checks: readonly ReadinessCheck[]): Promise<void> {
    try {
      await reply.send(await this.health.check(checks.map((check) => this.indicator(check))));
    } catch (error) {
      const body = (error as { getResponse?: () => unknown }).getResponse?.();
      if (body === undefined) throw error;
      await reply.status(503).send(body);
    }
  }

  private indicator(check: ReadinessCheck): HealthIndicatorFunction {
    return async () => {
      const session = this.indicators.check(check.name);
      try {
        await check.check();
        return session.up();
      } catch (error) {
        return session.down({ message: (error as Error).message });
      }
    };
  }
}
