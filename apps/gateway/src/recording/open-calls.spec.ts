import { CallLife } from '../call/call-life';
import type { ClientCall } from '../call/client-call';
import { OpenCalls } from './open-calls';

/** Longer than a test may take. */
const NEVER_MS = 600_000;
const callOf = (): ClientCall => ({ life: new CallLife() }) as ClientCall;

describe(OpenCalls.name, () => {
  it('is settled when none is open, and when the last one has ended', async () => {
    const calls = new OpenCalls();
    await calls.settled(NEVER_MS);
    const [one, other] = [callOf(), callOf()];
    calls.add(one);
    calls.add(other);
    let isSettled = false;
    const settled = calls.settled(NEVER_MS).then(() => (isSettled = true));
    calls.remove(one);
    await Promise.resolve();
    expect(isSettled).toBe(false);
    calls.remove(other);
    await settled;
  });

  it('waits no longer than it may', async () => {
    const calls = new OpenCalls();
    calls.add(callOf());
    await calls.settled(1);
  });

  it('cuts off calls that are open, and those that come late, but none that have ended', () => {
    const calls = new OpenCalls();
    const [ended, open, late] = [callOf(), callOf(), callOf()];
    calls.add(ended);
    calls.add(open);
    calls.remove(ended);
    calls.cutOff();
    calls.add(late);
    expect([ended, open, late].map(({ life }) => life.cut.aborted)).toEqual([false, true, true]);
  });
});
