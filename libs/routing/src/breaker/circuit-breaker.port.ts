import type { BreakerPhase, CallOutcome } from './breaker-state';

export interface BreakerSnapshot {
  readonly upstream: string;
  readonly phase: BreakerPhase;
  readonly failures: number;
  /** Milliseconds until an open breaker tries again; 0 when it is not open. */
  readonly retryAfterMs: number;
}

/** `ticket` names the call when its end is reported. */
export type Admission =
  { readonly admitted: true; readonly ticket: number } | { readonly admitted: false; readonly retryAfterMs: number };

/** One circuit breaker per upstream; the rules are those of `breaker-state.ts`, wherever the state is kept. */
export interface CircuitBreakerPort {
  /** Asks to call an upstream. Whoever is admitted must {@link CircuitBreakerPort.report} once how the call ended. */
  acquire(upstream: string): Promise<Admission>;
  report(upstream: string, ticket: number, outcome: CallOutcome): Promise<void>;
  /** State of every upstream that was called so far. */
  snapshot(): Promise<BreakerSnapshot[]>;
}
