import { randomInt } from 'node:crypto';
import { processesAndRedis, oneProcess } from './camps';
import { holdSiege, type SiegeOptions } from './siege';

/** `SIEGE_SECONDS` makes it longer, `SIEGE_SEED` repeats the choices of an earlier one. */
const SECONDS = Number(process.env['SIEGE_SECONDS'] ?? 20);
const SEED = Number(process.env['SIEGE_SEED'] ?? randomInt(1, 2 ** 31));

/** Only ends what hangs. */
jest.setTimeout(SECONDS * 5_000 + 1_200_000);

describe('every reply that a client saw complete has exactly one record, whatever is killed, paused or full', () => {
  const options: SiegeOptions = {
    seed: SEED,
    seconds: SECONDS,
    // In a long siege Redis and the file server are away for as long as 20 s.
    longestTrouble: SECONDS >= 120 ? 20 : 2.5,
    minComplete: SECONDS * 15,
    callsBetweenKills: [5, 40],
    maxCalls: SECONDS * 100,
  };

  it('with Redis: three gateways, two of them with one outbox, two workers and a file server', async () => {
    const outcome = await holdSiege(processesAndRedis, options);
    tell('Redis', outcome);
    expect(outcome.records).toBeGreaterThan(0);
  });

  it('on the embedded queue: everything in one process', async () => {
    // It needs seconds to come back, in which there is nothing to besiege.
    const outcome = await holdSiege(oneProcess, { ...options, minComplete: SECONDS * 5, callsBetweenKills: [20, 150] });
    tell('embedded queue', outcome);
    expect(outcome.records).toBeGreaterThan(0);
  });
});

function tell(name: string, outcome: object): void {
  process.stdout.write(`siege (${name}), SIEGE_SEED=${SEED} SIEGE_SECONDS=${SECONDS}: ${JSON.stringify(outcome)}\n`);
}
