import { admit, CLOSED, conclude, phaseOf, type BreakerState, type CallOutcome } from './breaker-state';

const settings = { maxFailures: 3, resetMs: 1_000 };

/** Makes a call at a time and tells how it ended. */
function call(state: BreakerState, outcome: CallOutcome, now = 0): BreakerState {
  const admission = admit(state, settings, now);
  if (!admission.admitted) throw new Error('the call must be admitted');
  return conclude(admission.state, admission.state.generation, outcome, settings, now);
}
const after = (...outcomes: CallOutcome[]): BreakerState =>
  outcomes.reduce<BreakerState>((state, outcome) => call(state, outcome), CLOSED);
const open = after('failure', 'failure', 'failure');

function trialOf(state: BreakerState, now: number): BreakerState {
  const trial = admit(state, settings, now);
  if (!trial.admitted) throw new Error('the trial must be admitted');
  return trial.state;
}

describe('circuit breaker', () => {
  it('opens after the configured failures in a row', () => {
    expect(phaseOf(after('failure', 'failure'), settings, 0)).toBe('CLOSED');
    expect(phaseOf(open, settings, 0)).toBe('OPEN');
  });

  it('starts to count again after a success', () => {
    expect(phaseOf(after('failure', 'failure', 'success', 'failure'), settings, 0)).toBe('CLOSED');
  });

  it('does not count what says nothing of the upstream', () => {
    expect(phaseOf(after('failure', 'failure', 'neutral', 'neutral'), settings, 0)).toBe('CLOSED');
  });

  it('refuses calls while open and says when to ask again', () => {
    expect(admit(open, settings, 400)).toEqual({ admitted: false, retryAfterMs: 600 });
  });

  it('admits one trial when half open, and follows its verdict', () => {
    const trial = trialOf(open, 1_000);
    expect(phaseOf(trial, settings, 1_000)).toBe('HALF_OPEN');
    expect(admit(trial, settings, 1_200)).toEqual({ admitted: false, retryAfterMs: 800 });
    expect(phaseOf(conclude(trial, trial.generation, 'success', settings, 1_300), settings, 1_300)).toBe('CLOSED');
    expect(phaseOf(conclude(trial, trial.generation, 'failure', settings, 1_300), settings, 1_400)).toBe('OPEN');
  });

  it('admits another trial when one ended without a verdict or its caller vanished', () => {
    const trial = trialOf(open, 1_000);
    const undecided = conclude(trial, trial.generation, 'neutral', settings, 1_100);
    expect(admit(undecided, settings, 1_100).admitted).toBe(true);
    expect(admit(trial, settings, 2_000).admitted).toBe(true);
  });

  it.each(['success', 'failure', 'neutral'] as const)('takes no late %s of a call from before it opened', (outcome) => {
    expect(conclude(open, CLOSED.generation, outcome, settings, 900)).toEqual(open);
    const trial = trialOf(open, 1_000);
    expect(conclude(trial, CLOSED.generation, outcome, settings, 1_100)).toEqual(trial);
    expect(conclude(trial, open.generation, outcome, settings, 1_100)).toEqual(trial);
    const closed = conclude(trial, trial.generation, 'success', settings, 1_200);
    expect(conclude(closed, CLOSED.generation, outcome, settings, 1_300)).toEqual(closed);
  });
});
