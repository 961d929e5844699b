import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { LogIngestSettings } from '@sallyport/config';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { Registry } from '@sallyport/telemetry';
import { QueueBoard } from './board/queue-board';
import { ConsumerProgress, standstillMs } from './health/consumer-progress';
import { PlaceReadiness } from './health/place-readiness';
import { QueueReadiness } from './health/queue-readiness';
import type { LogIngest } from './ingest/log-ingest';
import { LOG_INGEST } from './ingest/log-ingest.token';
import { LogsController } from './logs/logs.controller';
import { LogsService } from './logs/logs.service';
import { ReplayService } from './logs/replay.service';
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
    const standstill = standstillMs(settings.worker, settings.recordStore);
    return {
      module: LogIngestModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(LOG_INGEST_NAMESPACE, () => settings)] }),
        HealthModule.register(registry, {
          ready: [new QueueReadiness(ingest.backend), new PlaceReadiness(ingest.place)],
          live: [new ConsumerProgress(ingest, standstill)],
        }),
      ],
      controllers: [LogsController],
      providers: [
        { provide: API_KEYS, useValue: [settings.masterKey] },
        { provide: LOG_INGEST, useValue: ingest },
        LogsService,
        ReplayService,
        QueueBoard,
      ],
    };
  }
}
