import { Counter, Gauge, type Registry } from 'prom-client';
import type { LogIngest } from '../ingest/log-ingest';
import { QueueFigures } from './queue-figures';

/** Shows the books, the state of the queue and what this process did, whenever metrics are read. */
export function registerIngestMetrics(registry: Registry, ingest: LogIngest): void {
  showBooks(registry, ingest);
  showQueues(registry, ingest);
  showCounts(registry, 'log_ingest_records_total', 'Records by what this process did with them', () => ({
    ...ingest.batches.counts,
  }));
  showCounts(registry, 'log_ingest_batches_total', 'Tries of batches by this process by how they ended', () => {
    const { completed, retried, failed } = ingest.worker.progress;
    return { completed, retried, failed };
  });
  showNow(registry, 'log_queue_ready', '1 while the queue can be reached', () => Number(ingest.backend.isReady()));
  showNow(
    registry,
    'log_queue_alarms',
    'Settings of the queue under which it may lose records',
    () => ingest.backend.alarms().length,
  );
  showNow(registry, 'log_place_ready', '1 while the place of the records can be used as it is configured', () =>
    Number(ingest.place.problem === undefined),
  );
}

/** From the books of the queue, so every replica tells the same. */
function showBooks(registry: Registry, { books }: LogIngest): void {
  const figures = new QueueFigures(registry, () => books.totals());
  figures.counter('log_records_written_total', 'Records in their place', ({ written }) => written);
  figures.counter(
    'log_records_dead_lettered_total',
    'Records that their place will not take',
    ({ deadLettered }) => deadLettered,
  );
  figures.counter('log_records_replayed_total', 'Dead letters that went back to the queue', ({ replayed }) => replayed);
  figures.gauge('log_queue_records', 'Records in the queue', ({ waiting }) => waiting);
  figures.gauge(
    'log_queue_oldest_seconds',
    'Age of the oldest batch in the queue; 0 when there is none',
    ({ oldestWaitingMs = 0 }) => oldestWaitingMs / 1000,
  );
}

function showQueues(registry: Registry, { queue, deadLetters }: LogIngest): void {
  new QueueFigures(registry, () => queue.counts()).gauges(
    'log_queue_jobs',
    'Batches in the queue by state; failed ones were set aside and are kept',
    'state',
    (counts) => ({ ...counts }),
  );
  new QueueFigures(registry, () => deadLetters.counts()).gauge(
    'log_dead_letters',
    'Dead letters that are kept',
    ({ waiting }) => waiting,
  );
}

function showCounts(
  registry: Registry,
  name: string,
  help: string,
  counts: () => Readonly<Record<string, number>>,
): void {
  new Counter({
    name,
    help,
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(counts())) this.inc({ outcome }, count);
    },
  });
}

function showNow(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}
