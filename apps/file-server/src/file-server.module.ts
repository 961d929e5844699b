import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import { API_KEYS, HealthModule } from '@sallyport/platform';
import type { Registry } from '@sallyport/telemetry';
import { FileStore } from './files/file-store';
import { FilesController } from './files/files.controller';
import { FilesService } from './files/files.service';
import { FileMetrics } from './metrics/file-metrics';
import { FILE_SERVER_NAMESPACE, type FileServerSettings } from './settings';

@Module({})
export class FileServerModule {
  static register(settings: FileServerSettings, store: FileStore, registry: Registry): DynamicModule {
    return {
      module: FileServerModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [registerAs(FILE_SERVER_NAMESPACE, () => settings)] }),
        HealthModule.register(registry, { ready: [{ name: 'disk', check: () => store.probe() }] }),
      ],
      controllers: [FilesController],
      providers: [
        { provide: API_KEYS, useValue: [settings.token] },
        { provide: FileStore, useValue: store },
        { provide: FileMetrics, useValue: new FileMetrics(registry) },
        FilesService,
      ],
    };
  }
}
