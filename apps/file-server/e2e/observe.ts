import { setTimeout as sleep } from 'node:timers/promises';

const MOST_LOOKS = 2_000;

/** Resolves when something has become true. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (await isTrue()) return;
    await sleep(10);
  }
  throw new Error('It did not become true');
}

/** The value of a metric, with its labels as Prometheus writes them; undefined when it is not told. */
export async function metricOf(url: string, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
}
