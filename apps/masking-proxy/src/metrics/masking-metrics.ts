import { MASK_KINDS, type MaskKind } from '@sallyport/masking';
import type { RequestObserver } from '@sallyport/platform';
import { Counter, Histogram, type Registry } from 'prom-client';

const DURATION_BUCKETS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/** The proxy's own numbers. Labels are kinds, routes and statuses, never anything from a request. */
export class MaskingMetrics implements RequestObserver {
  private readonly entities: Counter;
  private readonly duration: Histogram;
  private readonly requests: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.entities = new Counter({
      name: 'masking_entities_total',
      help: 'Values that were masked in requests, by kind',
      labelNames: ['kind'],
      registers,
    });
    // A kind that has not been seen yet is shown as 0 rather than missing.
    for (const kind of MASK_KINDS) this.entities.inc({ kind }, 0);
    this.duration = new Histogram({
      name: 'masking_duration_seconds',
      help: 'Time to mask one request body',
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.requests = new Counter({
      name: 'masking_requests_total',
      help: 'Requests by method, route and status',
      labelNames: ['method', 'path', 'status'],
      registers,
    });
  }

  masked(counts: ReadonlyMap<MaskKind, number>, durationMs: number): void {
    for (const [kind, count] of counts) this.entities.inc({ kind }, count);
    this.duration.observe(durationMs / 1000);
  }

  /** Nothing is counted before the status is known. */
  started(): void {}

  ended(method: string, route: string, status: number): void {
    this.requests.inc({ method, path: route, status });
  }
}
