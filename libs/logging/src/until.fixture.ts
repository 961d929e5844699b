import { setTimeout as sleep } from 'node:timers/promises';

/** Before the time limit of a test, which would end the test and leave the loop behind. */
const GIVE_UP_AFTER_NS = 90_000_000_000n;

/** Asks again and again until a condition is true. @throws Error when that never comes */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  // The other clocks are the tests' to turn.
  const deadline = process.hrtime.bigint() + GIVE_UP_AFTER_NS;
  while (!(await condition())) {
    if (process.hrtime.bigint() > deadline) throw new Error(`It never came true: ${condition.toString()}`);
    await sleep(5);
  }
}
