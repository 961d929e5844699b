import { setTimeout as sleep } from 'node:timers/promises';
import type { Camp } from './camp';
import { SeededRandom } from './seeded-random';

export interface ChaosOptions {
  readonly seed: number;
  readonly seconds: number;
  /**
   * Complete calls for which it goes on longer, but at most {@link LONGEST} times as long: machines may be slow. Every
   * victim is killed once and every trouble comes once, however long that takes.
   */
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
    let kills = 0;
    const isOver = (): boolean => kills >= camp.victims.length && left() <= 0;
    for (const victim of endless(camp.victims, random)) {
      const due = complete() + random.between(...options.callsBetweenKills);
      for (const end = Date.now() + KILL_AFTER_MS; complete() < due && Date.now() < end && !isOver();) await sleep(20);
      if (isOver()) return;
      const downMs = random.happens(0.5) ? 0 : random.between(100, 1_500);
      note(`kill -9 ${victim.name}, down for ${downMs} ms`);
      await victim.kill(downMs);
      kills += 1;
    }
  };
  const trouble = async (): Promise<void> => {
    const random = new SeededRandom(options.seed, 2);
    let troubles = 0;
    for (const { name, strike } of endless(camp.troubles, random)) {
      await sleep(random.between(100, 800));
      if (troubles >= camp.troubles.length && left() <= 0) return;
      const seconds = random.between(10, options.longestTrouble * 10) / 10;
      note(`${name} for ${seconds.toFixed(1)} s`);
      await strike(seconds);
      troubles += 1;
    }
  };
  await Promise.all([kill(), trouble()]);
  return blows;
}

function* endless<T>(items: readonly T[], random: SeededRandom): Generator<T, void> {
  while (items.length > 0) yield* random.shuffled(items);
}
