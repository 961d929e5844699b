import { setTimeout as sleep } from 'node:timers/promises';
import type { Camp } from './camp';
import { SeededRandom } from './seeded-random';

export interface ChaosOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Longest time that a single trouble lasts, in seconds. */
  readonly longestTrouble: number;
  /** Pause between two kills, in milliseconds. */
  readonly killEveryMs: readonly [from: number, to: number];
}

/** One thing that was done to the camp, and when, in milliseconds since the beginning. */
export interface Blow {
  readonly atMs: number;
  readonly what: string;
}

/**
 * Besieges the camp for a while: one hand kills processes, another one brings trouble, and they know nothing of each
 * other. Both go through everything there is before anything comes again.
 */
export async function besiege(camp: Camp, options: ChaosOptions): Promise<Blow[]> {
  const blows: Blow[] = [];
  const startedAt = Date.now();
  const left = (): number => options.seconds * 1000 - (Date.now() - startedAt);
  const note = (what: string): void => void blows.push({ atMs: Date.now() - startedAt, what });

  const kill = async (): Promise<void> => {
    const random = new SeededRandom(options.seed, 1);
    for (const victim of endless(camp.victims, random)) {
      await sleep(Math.min(left(), random.between(...options.killEveryMs)));
      if (left() <= 0) return;
      const downMs = random.happens(0.5) ? 0 : random.between(100, 1_500);
      note(`kill -9 ${victim.name}, down for ${downMs} ms`);
      await victim.kill(Math.min(downMs, Math.max(0, left())));
    }
  };
  const trouble = async (): Promise<void> => {
    const random = new SeededRandom(options.seed, 2);
    for (const { name, strike } of endless(camp.troubles, random)) {
      await sleep(Math.min(left(), random.between(100, 800)));
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
