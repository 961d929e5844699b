import type { RecordLog } from '@sallyport/logging';
import type { Registry } from '@sallyport/telemetry';
import { Counter, Gauge } from 'prom-client';

/**
 * Tells how the outbox stands. The totals are kept on disk with the records, so they go on where the last run of the
 * gateway ended: accepted is shed, queued and what waits in the outbox, at any time.
 */
export function exposeRecordLog(log: Pick<RecordLog, 'counts' | 'depth'>, registry: Registry): void {
  const total = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  const level = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  total('gateway_log_records_accepted_total', 'Records of calls that ended', () => log.counts().accepted);
  total('gateway_log_records_queued_total', 'Records that the queue has taken over', () => log.counts().queued);
  total('gateway_log_records_shed_total', 'Records given up because the outbox was full', () => log.counts().shed);
  level('gateway_log_outbox_records', 'Records that wait in the outbox', () => log.depth().records);
  level('gateway_log_outbox_bytes', 'Size of the records that wait in the outbox', () => log.depth().bytes);
  level('gateway_log_outbox_oldest_seconds', 'Age of the oldest record in the outbox', () => {
    return log.depth().oldestAgeMs / 1000;
  });
}
