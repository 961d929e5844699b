import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { LogIngestSettings } from '@sallyport/config';
import { HealthModule } from '@sallyport/platform';
import type { Registry } from '@sallyport/telemetry';
import { ConsumerProgress } from './health/consumer-progress';
import { QueueReadiness } from './health/queue-readiness';
import type { LogIngest } from './ingest/log-ingest';
import { LOG_INGEST_NAMESPACE } from './settings';

/** Everything that the app does not make for itself. */
export interface LogIngestParts {
  readonly settings: LogIngestSettings;
  readonly ingest: LogIngest;
  readonly registry: Registry;
}

@Module({})
export class LogIngestModule {
  static register({ settings, ingest, registry }: LogIngestParts): DynamicModule {
    return {
      module: LogIngestModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(LOG_INGEST_NAMESPACE, () => settings)] }),
        HealthModule.register(registry, {
          ready: [new QueueReadiness(ingest.backend)],
          live: [new ConsumerProgress(ingest)],
        }),
      ],
    };
  }
}
