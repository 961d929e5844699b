import {
  admit,
  CLOSED,
  conclude,
  phaseOf,
  type Admission,
  type BreakerSettings,
  type BreakerSnapshot,
  type BreakerState,
  type CallOutcome,
  type CircuitBreakerPort,
} from '@sallyport/routing';

/** Breaker state of one process, lost when it ends. */
export class InProcessCircuitBreaker implements CircuitBreakerPort {
  private readonly states = new Map<string, BreakerState>();

  /** @param now a clock in milliseconds that never goes back */
  constructor(
    private readonly settings: BreakerSettings,
    private readonly now: () => number = () => performance.now(),
  ) {}

  acquire(upstream: string): Promise<Admission> {
    const decision = admit(this.states.get(upstream) ?? CLOSED, this.settings, this.now());
    if (!decision.admitted) return Promise.resolve(decision);
    this.states.set(upstream, decision.state);
    return Promise.resolve({ admitted: true, ticket: decision.state.generation });
  }

  report(upstream: string, ticket: number, outcome: CallOutcome): Promise<void> {
    const state = this.states.get(upstream) ?? CLOSED;
    this.states.set(upstream, conclude(state, ticket, outcome, this.settings, this.now()));
    return Promise.resolve();
  }

  snapshot(): Promise<BreakerSnapshot[]> {
    const now = this.now();
    const snapshots = [...this.states].map(([upstream, state]) => ({
      upstream,
      phase: phaseOf(state, this.settings, now),
      failures: state.failures,
      retryAfterMs: state.openedAt === undefined ? 0 : Math.max(0, state.openedAt + this.settings.resetMs - now),
    }));
    return Promise.resolve(snapshots);
  }
}
