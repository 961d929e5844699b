import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Registry } from '@sallyport/telemetry';
import { HealthController } from './health.controller';
import { METRICS_REGISTRY, MetricsController } from './metrics.controller';
import { HEALTH_CHECKS, type HealthChecks } from './readiness-check';

/** Gives an app `/livez`, `/readyz` and `/metrics`. */
@Module({})
export class HealthModule {
  static register(metrics: Registry, checks: HealthChecks = {}): DynamicModule {
    return {
      module: HealthModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: HEALTH_CHECKS, useValue: checks },
        { provide: METRICS_REGISTRY, useValue: metrics },
      ],
    };
  }
}
