import type { JobCounts, JobQueue } from '@sallyport/stores';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { LogIngest } from '../ingest/log-ingest';

/** Shows the app's own counts and the state of the queue whenever metrics are read. */
export function registerIngestMetrics(registry: Registry, ingest: LogIngest): void {
  const registers = [registry];
  showCounts(registry, 'log_ingest_records_total', 'Records by what became of them', () => ingest.batches.counts);
  showCounts(registry, 'log_ingest_batches_total', 'Tries of batches by how they ended', () => {
    const { completed, retried, failed } = ingest.worker.progress;
    return { completed, retried, failed };
  });
  new Gauge({
    name: 'log_queue_jobs',
    help: 'Batches in the queue by state; failed ones were given up and are kept',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      const counts = await countsOf(ingest.queue);
      for (const [state, jobs] of Object.entries(counts ?? {})) this.set({ state }, Number(jobs));
    },
  });
  new Gauge({
    name: 'log_dead_letters',
    help: 'Records that the file server will not take, kept with the reason',
    registers,
    async collect() {
      const counts = await countsOf(ingest.deadLetters);
      if (counts === undefined) this.reset();
      else this.set(counts.waiting);
    },
  });
  new Gauge({
    name: 'log_queue_ready',
    help: '1 while the queue can be reached',
    registers,
    collect() {
      this.set(Number(ingest.backend.isReady()));
    },
  });
  new Gauge({
    name: 'log_queue_alarms',
    help: 'Settings of the queue under which it may lose records',
    registers,
    collect() {
      this.set(ingest.backend.alarms().length);
    },
  });
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

/** Undefined while the queue is away: no number is better than a wrong one. */
async function countsOf(queue: JobQueue<unknown>): Promise<JobCounts | undefined> {
  try {
    return await queue.counts();
  } catch {
    return undefined;
  }
}
