import { join } from 'node:path';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { openRecordStore, RecordLog, type LogBatch } from '@sallyport/logging';
import type { JobQueue, QueueBackend, QueueBooks } from '@sallyport/stores';
import type { Logger, Registry } from '@sallyport/telemetry';
import { exposeRecordLog } from './record-log-metrics';

/** Opens the outbox under `DATA_DIR` and ships what is in it to the queue. */
export function openRecordLog(
  { log: settings, dataDir }: GatewaySettings,
  backend: QueueBackend | undefined,
  logger: Logger,
  registry: Registry,
): RecordLog {
  const { name } = settings.queue;
  const log = RecordLog.open({
    dir: join(dataDir, 'outbox'),
    queue: backend?.createQueue<LogBatch>(name) ?? NO_QUEUE,
    books: backend?.openBooks(name) ?? NO_BOOKS,
    store: openRecordStore(settings.recordStore),
    batch: settings.batch,
    outbox: settings.outbox,
    logger,
  });
  exposeRecordLog(log, registry);
  return log;
}

/** Stand in when no Redis is configured: records stay in the outbox until a gateway with a queue opens it. */
const NO_QUEUE: JobQueue<LogBatch> = {
  add: () => Promise.reject(noQueue()),
  counts: () => Promise.reject(noQueue()),
  list: () => Promise.reject(noQueue()),
  remove: () => Promise.reject(noQueue()),
  retry: () => Promise.reject(noQueue()),
};
const NO_BOOKS: QueueBooks = {
  enlist: () => Promise.reject(noQueue()),
  replay: () => Promise.reject(noQueue()),
  settle: () => Promise.reject(noQueue()),
  totals: () => Promise.reject(noQueue()),
};

function noQueue(): SallyportError {
  return new SallyportError('unavailable', 'REDIS_URL is not set, so there is no queue to ship to', {
    retryable: true,
  });
}
