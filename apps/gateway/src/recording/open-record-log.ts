import { join } from 'node:path';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { openRecordStore, RecordLog, type LogBatch, type RecordLogOptions } from '@sallyport/logging';
import type { QueueBackend } from '@sallyport/stores';
import type { Logger, Registry } from '@sallyport/telemetry';
import { exposeRecordLog } from './record-log-metrics';
import type { RecordSink } from './record-sink.port';

/** Opens the outbox under `DATA_DIR` and ships what is in it to the queue. */
export function openRecordLog(
  { log: settings, dataDir }: GatewaySettings,
  backend: QueueBackend | undefined,
  logger: Logger,
  registry: Registry,
): RecordSink {
  const { name } = settings.queue;
  const store = openRecordStore(settings.recordStore);
  const log = RecordLog.open({
    dir: join(dataDir, 'outbox'),
    queue: backend?.createQueue<LogBatch>(name) ?? NO_QUEUE,
    books: backend?.openBooks(name) ?? NO_BOOKS,
    store,
    batch: settings.batch,
    outbox: settings.outbox,
    logger,
  });
  exposeRecordLog(log, registry);
  return {
    requireRoom: () => log.requireRoom(),
    append: (record) => log.append(record),
    ledger: (date, query) => log.ledger(date, query),
    close: async (flushLimitMs) => {
      await log.close(flushLimitMs);
      await store.close();
    },
  };
}

/** Stand in when no Redis is configured: records stay in the outbox until a gateway with a queue opens it. */
const NO_QUEUE: RecordLogOptions['queue'] = {
  add: () => Promise.reject(noQueue()),
  counts: () => Promise.reject(noQueue()),
};
const NO_BOOKS: RecordLogOptions['books'] = { enlist: () => Promise.reject(noQueue()) };

function noQueue(): SallyportError {
  return new SallyportError('unavailable', 'REDIS_URL is not set, so there is no queue to ship to', {
    retryable: true,
  });
}
