import { join } from 'node:path';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { RecordLog, type LogBatch } from '@sallyport/logging';
import type { JobQueue, QueueBackend } from '@sallyport/stores';
import type { Logger, Registry } from '@sallyport/telemetry';
import { Counter, Gauge } from 'prom-client';

/** Opens the outbox under `DATA_DIR` and ships what is in it to the queue. */
export function openRecordLog(
  settings: GatewaySettings,
  backend: QueueBackend | undefined,
  logger: Logger,
  registry: Registry,
): RecordLog {
  const queue = backend?.createQueue<LogBatch>(settings.queue.name) ?? NO_QUEUE;
  const log = RecordLog.open({ dir: join(settings.dataDir, 'outbox'), queue, batch: settings.batch, logger });
  exposeMetrics(log, registry);
  return log;
}

/** Stands in when no Redis is configured: records stay in the outbox until a gateway with a queue opens it. */
const NO_QUEUE: Pick<JobQueue<LogBatch>, 'add' | 'counts'> = {
  add: () => Promise.reject(noQueue()),
  counts: () => Promise.reject(noQueue()),
};

function noQueue(): SallyportError {
  return new SallyportError('unavailable', 'REDIS_URL is not set, so there is no queue to ship to');
}

function exposeMetrics(log: RecordLog, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'gateway_log_records_accepted_total',
    help: 'Records committed to the outbox',
    registers,
    collect() {
      this.reset();
      this.inc(log.counts().accepted);
    },
  });
  new Counter({
    name: 'gateway_log_records_queued_total',
    help: 'Records handed from the outbox to the queue',
    registers,
    collect() {
      this.reset();
      this.inc(log.counts().queued);
    },
  });
  new Gauge({
    name: 'gateway_log_outbox_records',
    help: 'Records that wait in the outbox',
    registers,
    collect() {
      this.set(log.depth().records);
    },
  });
  new Gauge({
    name: 'gateway_log_outbox_oldest_seconds',
    help: 'Age of the oldest record in the outbox',
    registers,
    collect() {
      this.set(log.depth().oldestAgeMs / 1000);
    },
  });
}
