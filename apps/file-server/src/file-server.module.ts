import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import type { FileServerSettings } from '@sallyport/config';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { Logger, Registry } from '@sallyport/telemetry';
import { WriteAdmission } from './admission/write-admission';
import { FilesController } from './files/files.controller';
import { FilesService } from './files/files.service';
import { FileMetrics } from './metrics/file-metrics';
import { Housekeeping, LOGGER } from './retention/housekeeping';
import { FILE_SERVER_NAMESPACE } from './settings';
import { FileStore } from './storage/file-store';

/** Everything that the app does not make for itself. */
export interface FileServerParts {
  readonly settings: FileServerSettings;
  readonly store: FileStore;
  readonly metrics: FileMetrics;
  readonly registry: Registry;
  readonly logger: Logger;
}

@Module({})
export class FileServerModule {
  static register({ settings, store, metrics, registry, logger }: FileServerParts): DynamicModule {
    return {
      module: FileServerModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(FILE_SERVER_NAMESPACE, () => settings)] }),
        HealthModule.register(registry, { ready: [{ name: 'folder', check: () => store.probe() }] }),
      ],
      controllers: [FilesController],
      providers: [
        { provide: API_KEYS, useValue: [settings.token] },
        { provide: FileStore, useValue: store },
        { provide: FileMetrics, useValue: metrics },
        { provide: LOGGER, useValue: logger },
        WriteAdmission,
        FilesService,
        Housekeeping,
      ],
    };
  }
}
