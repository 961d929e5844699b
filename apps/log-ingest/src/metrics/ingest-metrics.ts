import type { Registry } from '@sallyport/telemetry';
import { Counter, Gauge } from 'prom-client';
import type { IngestWorker } from '../worker/ingest-worker';

/** Shows what the worker has done and what waits; read when somebody looks, never kept twice. */
export function exposeIngestMetrics(worker: IngestWorker, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'log_ingest_records_total',
    help: 'Records by outcome: written, present already, written beside another one, or dead-lettered',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(worker.counts)) this.inc({ outcome }, count);
    },
  });
  new Counter({
    name: 'log_ingest_batches_total',
    help: 'Batches by outcome: completed, tried again, or set aside for good',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      const { completed, retried, failed } = worker.progress;
      for (const [outcome, count] of Object.entries({ completed, retried, failed })) this.inc({ outcome }, count);
    },
  });
  new Gauge({
    name: 'log_ingest_queue_jobs',
    help: 'Batches in the queue by state; absent while the queue is away',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      const counts = await worker.jobs().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
}
