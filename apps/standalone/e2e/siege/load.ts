import { setTimeout as sleep } from 'node:timers/promises';
import { makeCall, type MadeCall } from './caller';
import { planCall } from './call-plan';
import { SeededRandom } from './seeded-random';

export interface LoadOptions {
  readonly seed: number;
  readonly workers: number;
  /** No call begins after so many, or when `signal` ends. */
  readonly maxCalls: number;
  readonly signal: AbortSignal;
  /** Any of them takes each call. */
  readonly gateways: readonly string[];
  readonly key: string;
  /** Whether some of the clients leave before their reply is complete. */
  readonly clientsLeave: boolean;
  /** Told of each call when it is over. */
  readonly onCall?: (call: MadeCall) => void;
}

/** Calls from several clients at once until the time or the calls are used up. */
export async function layLoad(options: LoadOptions): Promise<MadeCall[]> {
  const { seed, workers, maxCalls, signal, gateways, key, clientsLeave } = options;
  const calls: MadeCall[] = [];
  let begun = 0;
  const client = async (worker: number): Promise<void> => {
    const random = new SeededRandom(seed, 100 + worker);
    for (let number = 0; !signal.aborted && begun < maxCalls; number += 1) {
      begun += 1;
      const planned = planCall(`m${seed.toString(36)}w${worker}n${number}x`, random);
      const plan = clientsLeave ? planned : { ...planned, leavesAfter: undefined };
      const call = await makeCall(plan, random.pick(gateways), key);
      calls.push(call);
      options.onCall?.(call);
      // Somebody whose call was refused comes back a little later, as clients do.
      await sleep(random.between(5, 90) + (call.fate === 'complete' ? 0 : 100));
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => client(worker)));
  return calls;
}
