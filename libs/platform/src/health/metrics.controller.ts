import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Registry } from '@sallyport/telemetry';
import type { FastifyReply } from 'fastify';

/** Provider token of the app's metrics: a `Registry`. */
export const METRICS_REGISTRY = Symbol('METRICS_REGISTRY');

/** Metrics in the Prometheus text format. */
@ApiTags('Operations')
@ApiSecurity({})
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_REGISTRY) private readonly registry: Registry) {}

  @Get()
  @ApiOperation({ operationId: 'getMetrics', summary: 'Metrics in the Prometheus text format' })
  @ApiOkResponse({ description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.registry.contentType).send(await this.registry.metrics());
  }
}
