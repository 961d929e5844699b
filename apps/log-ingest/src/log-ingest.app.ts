import { ConfigurationError, type LogIngestSettings } from '@sallyport/config';
import { startApp, type RunningApp } from '@sallyport/platform';
import { connectRedisQueue, type QueueBackend } from '@sallyport/stores';
import { createLogger, createMetrics, type Logger } from '@sallyport/telemetry';
import { LogIngestModule } from './log-ingest.module';
import { IngestWorker } from './worker/ingest-worker';

/** The app has no routes with a body. */
const MAX_BODY_BYTES = 1024;

/** What log ingest may share with its surroundings; what is not given it opens, and closes, itself. */
export interface LogIngestResources {
  readonly queue?: QueueBackend;
}

/**
 * Starts the worker and its probes.
 *
 * @throws ConfigurationError when there is neither a queue to share nor a Redis
 */
export async function startLogIngest(
  settings: LogIngestSettings,
  resources: LogIngestResources = {},
): Promise<RunningApp> {
  const logger = createLogger('log-ingest', settings.logLevel);
  const ownQueue = resources.queue === undefined ? connect(settings, logger) : undefined;
  const worker = new IngestWorker(settings, resources.queue ?? (ownQueue as QueueBackend));
  const app = await startApp({
    name: 'log-ingest',
    listen: settings.listen,
    maxBodyBytes: MAX_BODY_BYTES,
    logger,
    module: LogIngestModule.register(worker, createMetrics()),
  });
  return {
    ...app,
    close: async () => {
      await app.close();
      await worker.close();
      await ownQueue?.close();
    },
  };
}

function connect({ redis, queue }: LogIngestSettings, logger: Logger): QueueBackend {
  if (redis !== undefined) return connectRedisQueue(redis, queue, logger);
  throw new ConfigurationError(['REDIS_URL: must be set; the embedded queue lives inside the standalone process only']);
}
