import { Module, type DynamicModule } from '@nestjs/common';
import { HealthModule } from '@sallyport/platform';
import type { Registry } from '@sallyport/telemetry';
import { exposeIngestMetrics } from './metrics/ingest-metrics';
import type { IngestWorker } from './worker/ingest-worker';

@Module({})
export class LogIngestModule {
  static register(worker: IngestWorker, registry: Registry): DynamicModule {
    exposeIngestMetrics(worker, registry);
    return {
      module: LogIngestModule,
      imports: [
        HealthModule.register(registry, {
          ready: [{ name: 'queue', check: () => worker.checkReady() }],
          live: [{ name: 'worker', check: () => worker.checkProgress() }],
        }),
      ],
    };
  }
}
