import { admit, CLOSED, conclude, phaseOf, type BreakerState, type CallOutcome } from './breaker-state';

const settings = { maxFailures: 3, resetMs: 1_000 };
const after = (...outcomes: CallOutcome[]): BreakerState =>
  outcomes.reduce<BreakerState>((state, outcome) => conclude(state, outcome, settings, 0), CLOSED);

describe('circuit breaker', () => {
  it('opens after the configured failures in a row', () => {
    expect(phaseOf(after('failure', 'failure'), settings, 0)).toBe('CLOSED');
    expect(phaseOf(after('failure', 'failure', 'failure'), settings, 0)).toBe('OPEN');
  });

  it('starts to count again after a success', () => {
    expect(phaseOf(after('failure', 'failure', 'success', 'failure'), settings, 0)).toBe('CLOSED');
  });

  it('does not count what says nothing of the upstream', () => {
    expect(phaseOf(after('failure', 'failure', 'neutral', 'neutral'), settings, 0)).toBe('CLOSED');
  });

  it('refuses calls while open and says when to ask again', () => {
    const open = after('failure', 'failure', 'failure');
    expect(admit(open, settings, 400)).toEqual({ admitted: false, retryAfterMs: 600 });
  });

  it('admits one trial when half open', () => {
    const open = after('failure', 'failure', 'failure');
    const trial = admit(open, settings, 1_000);
    if (!trial.admitted) throw new Error('the trial must be admitted');
    expect(phaseOf(trial.state, settings, 1_000)).toBe('HALF_OPEN');
    expect(admit(trial.state, settings, 1_200)).toEqual({ admitted: false, retryAfterMs: 800 });
    expect(conclude(trial.state, 'success', settings, 1_300)).toEqual(CLOSED);
    expect(phaseOf(conclude(trial.state, 'failure', settings, 1_300), settings, 1_400)).toBe('OPEN');
  });

  it('admits another trial when one ended without a verdict or its caller vanished', () => {
    const open = after('failure', 'failure', 'failure');
    const trial = admit(open, settings, 1_000);
    if (!trial.admitted) throw new Error('the trial must be admitted');
    expect(admit(conclude(trial.state, 'neutral', settings, 1_100), settings, 1_100).admitted).toBe(true);
    expect(admit(trial.state, settings, 2_000).admitted).toBe(true);
  });
});
