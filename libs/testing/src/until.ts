import { setTimeout as sleep } from 'node:timers/promises';

/** Before the time limit of a test, which would end the test and leave the loop behind. */
const GIVE_UP_AFTER_NS = 90_000_000_000n;
const PAUSE_MS = 5;

/**
 * Asks again and again until a condition is true, for what happens soon but not at once.
 *
 * @throws Error that quotes the condition, when it never comes true
 */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  // The other clocks are the tests' to turn.
  const deadline = process.hrtime.bigint() + GIVE_UP_AFTER_NS;
  while (!(await condition())) {
    if (process.hrtime.bigint() > deadline) throw new Error(`It never came true: ${condition.toString()}`);
    await sleep(PAUSE_MS);
  }
}
