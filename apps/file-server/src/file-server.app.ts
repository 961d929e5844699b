import type { FileServerSettings } from '@sallyport/config';
import { startApp, type RunningApp } from '@sallyport/platform';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import { FileServerModule } from './file-server.module';
import { FileStore } from './files/file-store';

/** Starts the file server; its base directory is created when missing. */
export async function startFileServer(settings: FileServerSettings): Promise<RunningApp> {
  const store = await FileStore.open(settings.baseDir);
  return startApp({
    name: 'file-server',
    listen: settings.listen,
    maxBodyBytes: settings.maxBodyBytes,
    logger: createLogger('file-server', settings.logLevel),
    docs: { title: 'Sallyport file server', description: 'Keeps files: write, read back, list.' },
    module: FileServerModule.register(settings, store, createMetrics()),
  });
}
