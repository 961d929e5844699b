export interface BreakerSettings {
  /** Failures in a row that open the breaker. */
  readonly maxFailures: number;
  /** Time after which an open breaker lets one call through to try. */
  readonly resetMs: number;
}

/** What is remembered of one upstream. Times are milliseconds of one clock that never goes back. */
export interface BreakerState {
  readonly failures: number;
  /** When it opened; undefined while it is closed. */
  readonly openedAt: number | undefined;
  /** When the trial call of a half-open breaker began; undefined when none is under way. */
  readonly trialAt: number | undefined;
  /** Counts the changes of phase and the trials: only calls that were admitted since the last one still have a say. */
  readonly generation: number;
}

export type BreakerPhase = 'CLOSED' | 'OPEN' | 'HALF_OPEN';
export type CallOutcome = 'success' | 'failure' | 'neutral';

export const CLOSED: BreakerState = { failures: 0, openedAt: undefined, trialAt: undefined, generation: 0 };

export function phaseOf(state: BreakerState, settings: BreakerSettings, now: number): BreakerPhase {
  if (state.openedAt === undefined) return 'CLOSED';
  return now - state.openedAt >= settings.resetMs ? 'HALF_OPEN' : 'OPEN';
}

/**
 * Asks to make a call.
 *
 * @returns the new state when the call may be made; its `generation` is the call's ticket. Otherwise the time in
 * milliseconds after which to ask again. A half-open breaker admits one call; should its caller vanish, another is
 * admitted after `resetMs`.
 */
export function admit(
  state: BreakerState,
  settings: BreakerSettings,
  now: number,
): { admitted: true; state: BreakerState } | { admitted: false; retryAfterMs: number } {
  switch (phaseOf(state, settings, now)) {
    case 'CLOSED':
      return { admitted: true, state };
    case 'OPEN':
      return { admitted: false, retryAfterMs: (state.openedAt ?? now) + settings.resetMs - now };
    case 'HALF_OPEN': {
      const trialEnds = (state.trialAt ?? -Infinity) + settings.resetMs;
      if (trialEnds > now) return { admitted: false, retryAfterMs: trialEnds - now };
      return { admitted: true, state: { ...state, trialAt: now, generation: state.generation + 1 } };
    }
  }
}

/**
 * Tells how an admitted call ended. `neutral` (the client went away, or it was the client's mistake) says nothing of
 * the upstream and only ends a trial. A call from before the last change of phase is too late to tell anything.
 */
export function conclude(
  state: BreakerState,
  ticket: number,
  outcome: CallOutcome,
  settings: BreakerSettings,
  now: number,
): BreakerState {
  if (ticket !== state.generation) return state;
  const isTrial = state.openedAt !== undefined;
  switch (outcome) {
    case 'neutral':
      return { ...state, trialAt: undefined };
    case 'success':
      return { ...CLOSED, generation: state.generation + (isTrial ? 1 : 0) };
    case 'failure': {
      const failures = state.failures + 1;
      if (!isTrial && failures < settings.maxFailures) return { ...state, failures };
      return { failures, openedAt: now, trialAt: undefined, generation: state.generation + 1 };
    }
  }
}
