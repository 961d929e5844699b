import { ConfigurationError, type LogIngestSettings } from '@sallyport/config';
import { startApp, type RunningApp } from '@sallyport/platform';
import { connectRedisQueue, type QueueBackend } from '@sallyport/stores';
import { createLogger, createMetrics, type Logger } from '@sallyport/telemetry';
import { LogIngest } from './ingest/log-ingest';
import { LogIngestModule } from './log-ingest.module';
import { registerIngestMetrics } from './metrics/ingest-metrics';

/** What apps of one process share. */
export interface LogIngestResources {
  /** Stays open when the app closes: it belongs to whoever opened it. */
  readonly queue?: QueueBackend;
}

/** Probes and operators ask short questions. */
const MAX_BODY_BYTES = 1_024;

const DESCRIPTION = `
Brings the records of calls from the queue to their place, and tells operators what waits and what was given up. The
queue can be looked at in a browser at [/queues](/queues): any name, and the master key as the password.
`;

/**
 * Starts the worker that brings batches of log records from the queue to their place. It starts while Redis or that place
 * is away and waits for them.
 *
 * @throws ConfigurationError when there is neither a queue nor a Redis to find one in
 */
export async function startLogIngest(
  settings: LogIngestSettings,
  resources: LogIngestResources = {},
): Promise<RunningApp> {
  const logger = createLogger('log-ingest', settings.logLevel);
  const queue = resources.queue ?? connectQueue(settings, logger);
  const ingest = new LogIngest(settings, queue, logger);
  const release = async (): Promise<void> => {
    await ingest.close(settings.listen.drainMs);
    if (queue !== resources.queue) await queue.close();
  };
  try {
    const registry = createMetrics();
    registerIngestMetrics(registry, ingest);
    const module = LogIngestModule.register({ settings, ingest, registry });
    const app = await startApp({
      name: 'log-ingest',
      module,
      listen: settings.listen,
      maxBodyBytes: MAX_BODY_BYTES,
      logger,
      docs: { title: 'Sallyport log ingest', description: DESCRIPTION },
    });
    let closing: Promise<void> | undefined;
    // The probes answer until the last batch is written.
    return { ...app, close: () => (closing ??= release().finally(() => app.close())) };
  } catch (error) {
    await release();
    throw error;
  }
}

function connectQueue({ redis, queue }: LogIngestSettings, logger: Logger): QueueBackend {
  if (redis !== undefined) return connectRedisQueue(redis, queue, logger);
  throw new ConfigurationError([
    'REDIS_URL: must be set, as log-ingest shares its queue with the gateway; the queue without Redis lives only inside the standalone process',
  ]);
}
