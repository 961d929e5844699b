import { setTimeout as sleep } from 'node:timers/promises';
import type { Camp } from './camp';
import { SeededRandom } from './seeded-random';

export interface ChaosOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Complete calls for which it goes on longer, but at most {@link LONGEST} times as long: machines may be slow. */
  readonly minComplete: number;
  /** Longest time that a single trouble lasts, in seconds. */
  readonly longestTrouble: number;
  /** Complete calls between two kills: without any there would be nothing to lose. */
  readonly callsBetweenKills: readonly [from: number, to: number];
}

const LONGEST = 4;
/** Something is killed then even if no call becomes complete, as whatever comes back is killed too. */
const KILL_AFTER_MS = 6_000;

/** One thing that was done to the camp, and when, in milliseconds since the beginning. */
export interface Blow {
  readonly atMs: number;
  readonly what: string;
}

/**
 * Besieges the camp for a while: one hand kills processes, another one brings trouble, and they know nothing of each
 * other. Both go through everything there is before anything comes again.
 *
 * @param complete number of calls that were complete so far
 */
export async function besiege(camp: Camp, options: ChaosOptions, complete: () => number): Promise<Blow[]> {
  const blows: Blow[] = [];
  const startedAt = Date.now();
  const left = (): number => {
    const enough = complete() >= options.minComplete;
    return options.seconds * 1000 * (enough ? 1 : LONGEST) - (Date.now() - startedAt);
  };
  const note = (what: string): void => void blows.push({ atMs: Date.now() - startedAt, what });

  const kill = async (): Promise<void> => {
    const random = new SeededRandom(options.seed, 1);
    for (const victim of endless(camp.victims, random)) {
      const due = complete() + random.between(...options.callsBetweenKills);
      for (const end = Date.now() + KILL_AFTER_MS; complete() < due && Date.now() < end && left() > 0;) await sleep(20);
      if (left() <= 0) return;
      const downMs = random.happens(0.5) ? 0 : random.between(100, 1_500);
      note(`kill -9 ${victim.name}, down for ${downMs} ms`);
      await victim.kill(Math.min(downMs, Math.max(0, left())));
    }
  };
  const trouble = async (): Promise<void> => {
    const random = new SeededRandom(options.seed, 2);
    for (const { name, strike } of endless(camp.troubles, random)) {
      await sleep(Math.max(0, Math.min(left(), random.between(100, 800))));
      if (left() <= 0) return;
      const seconds = Math.min(random.between(10, options.longestTrouble * 10) / 10, left() / 1000);
      note(`${name} for ${seconds.toFixed(1)} s`);
      await strike(seconds);
    }
  };
  await Promise.all([kill(), trouble()]);
  return blows;
}

function* endless<T>(items: readonly T[], random: SeededRandom): Generator<T, void> {
  while (items.length > 0) yield* random.shuffled(items);
}
