import type { FileServerSettings } from '@sallyport/config';
import { startApp, type RunningApp } from '@sallyport/platform';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import { FileServerModule } from './file-server.module';
import { FileMetrics } from './metrics/file-metrics';
import { FileStore } from './storage/file-store';

const DESCRIPTION = `
Keeps files, such as the records of calls, in one folder. A file appears whole or not at all and is never replaced: the
same content again changes nothing, other content under a taken path is refused with 409.
`;

/**
 * Starts the file server.
 *
 * @throws ConfigurationError when its folder cannot be made or written
 */
export async function startFileServer(settings: FileServerSettings): Promise<RunningApp> {
  const store = await FileStore.open(settings.baseDir, settings.minFreeBytes);
  const registry = createMetrics();
  const metrics = new FileMetrics(registry);
  metrics.watchSpace(store.space);
  const logger = createLogger('file-server', settings.logLevel);
  return startApp({
    name: 'file-server',
    listen: settings.listen,
    maxBodyBytes: settings.maxBodyBytes,
    logger,
    docs: { title: 'Sallyport file server', description: DESCRIPTION },
    module: FileServerModule.register({ settings, store, metrics, registry, logger }),
  });
}
