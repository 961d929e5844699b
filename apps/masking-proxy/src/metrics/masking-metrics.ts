import { MASK_KINDS, type DecisionCounts, type MaskKind, type RestoreCounts } from '@sallyport/masking';
import type { RequestObserver } from '@sallyport/platform';
import { Counter, Histogram, type Registry } from 'prom-client';
import { STATE_OPERATIONS, type StateOperation } from './state-operation';

const DURATION_BUCKETS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/**
 * The proxy's own numbers. Labels are kinds, decisions, routes and statuses, never anything from a request: kinds are
 * the built-in ones and those that the configuration adds.
 */
export class MaskingMetrics implements RequestObserver {
  private readonly entities: Counter;
  private readonly decisions: Counter;
  private readonly restorations: Counter;
  private readonly stateErrors: Counter;
  private readonly duration: Histogram;
  private readonly requests: Counter;

  /** @param ownKinds kinds that the configuration adds */
  constructor(registry: Registry, ownKinds: readonly MaskKind[]) {
    const counter = (name: string, help: string, labelNames: string[]): Counter =>
      new Counter({ name, help, labelNames, registers: [registry] });
    this.entities = counter('masking_entities_total', 'Values that were masked in requests, by kind', ['kind']);
    this.decisions = counter('masking_decisions_total', 'What became of the values that were found in requests', [
      'kind',
      'decision',
    ]);
    this.restorations = counter('masking_restored_total', 'What became of tokens in replies', ['kind', 'outcome']);
    this.stateErrors = counter('masking_state_errors_total', 'Operations that the store of state has failed', [
      'operation',
    ]);
    this.requests = counter('masking_requests_total', 'Requests by method, route and status', [
      'method',
      'path',
      'status',
    ]);
    this.duration = new Histogram({
      name: 'masking_duration_seconds',
      help: 'Time to mask one request body',
      buckets: DURATION_BUCKETS,
      registers: [registry],
    });
    // What has not been seen yet is shown as 0 rather than missing.
    for (const kind of [...MASK_KINDS, ...ownKinds]) this.entities.inc({ kind }, 0);
    for (const operation of STATE_OPERATIONS) this.stateErrors.inc({ operation }, 0);
  }

  /** What was found in a request, whether it is sent or not. @param durationMs time that it took */
  masked(decisions: DecisionCounts, durationMs: number): void {
    for (const [kind, count] of decisions.masked) this.entities.inc({ kind }, count);
    for (const { kind, decision, count } of decisions) this.decisions.inc({ kind, decision }, count);
    this.duration.observe(durationMs / 1000);
  }

  /** What became of the tokens of one reply. Those that nobody was granted have no kind that could be trusted. */
  restored(outcomes: RestoreCounts): void {
    for (const { kind, outcome, count } of outcomes) this.restorations.inc({ kind, outcome }, count);
    if (outcomes.unknown > 0) this.restorations.inc({ kind: 'unknown', outcome: 'not-granted' }, outcomes.unknown);
  }

  /** An operation that the store of state has failed. */
  stateFailed(operation: StateOperation): void {
    this.stateErrors.inc({ operation });
  }

  /** Nothing is counted before the status is known. */
  started(): void {}

  /** A request that has got its status. */
  ended(method: string, route: string, status: number): void {
    this.requests.inc({ method, path: route, status });
  }
}
