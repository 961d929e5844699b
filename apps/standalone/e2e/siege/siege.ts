import { startEchoUpstream } from './echo-upstream';
import { settle } from './aftermath';
import type { Books } from './books';
import { allReady, eventually, KEY, type Camp, type CampPlan } from './camp';
import { besiege, type Blow, type ChaosOptions } from './chaos';
import { layLoad } from './load';
import type { MadeCall } from './caller';
import { faultsIn } from './verdict';
import { readRecords } from './written-records';

const CLIENTS = 8;
const MAX_SHOWN = 40;
/** Only ends what hangs. */
const COMPLETE_WITHIN_MS = 120_000;

export interface SiegeOptions extends ChaosOptions {
  readonly maxCalls: number;
}

/** How a siege went, for those who watch it. */
export interface SiegeOutcome {
  /** Calls by their fate. */
  readonly fates: Readonly<Record<string, number>>;
  readonly blows: number;
  readonly records: number;
  readonly books: Books;
}

/**
 * Runs the product under load, besieges it, lets it recover, and looks at every record.
 *
 * @throws Error that tells seed, what is wrong, what was done, and what the processes said, when anything is wrong
 */
export async function holdSiege(plan: CampPlan, options: SiegeOptions): Promise<SiegeOutcome> {
  const upstream = await startEchoUpstream();
  const camp = await plan(upstream.url);
  const story: Story = { blows: [], calls: [] };
  try {
    await allReady(camp.processes);
    return await underFire(camp, options, story);
  } catch (error) {
    throw new Error(accountOf((error as Error).message, camp, options, story), { cause: error });
  } finally {
    camp.heal();
    await camp.close();
    await upstream.close();
  }
}

interface Story {
  blows: readonly Blow[];
  calls: readonly MadeCall[];
}

async function underFire(camp: Camp, options: SiegeOptions, story: Story): Promise<SiegeOutcome> {
  const { seed, maxCalls } = options;
  const over = new AbortController();
  let complete = 0;
  const load = layLoad({
    seed,
    workers: CLIENTS,
    maxCalls,
    signal: over.signal,
    gateways: camp.gateways,
    key: KEY,
    clientsLeave: true,
    onCall: ({ fate }) => (complete += Number(fate === 'complete')),
  });
  try {
    story.blows = await besiege(camp, options, () => complete);
    camp.heal();
    // Without any there would have been nothing to lose.
    await eventually('no call becomes complete', COMPLETE_WITHIN_MS, () => Promise.resolve(complete > 0));
  } finally {
    camp.heal();
    over.abort();
    story.calls = await load;
  }
  await allReady(camp.processes);
  const books = await settle(camp.books);
  const { records, broken } = await readRecords(camp.fileServer);
  const faults = [
    ...camp.processes.flatMap(({ crashes }) => crashes),
    ...faultsIn({ calls: story.calls, records, broken, books }),
  ];
  if (faults.length > 0) {
    const more = faults.length > MAX_SHOWN ? [`… and ${faults.length - MAX_SHOWN} more`] : [];
    throw new Error([`${faults.length} faults`, ...faults.slice(0, MAX_SHOWN), ...more].join('\n'));
  }
  return { fates: countFates(story.calls), blows: story.blows.length, records: records.length, books };
}

function countFates(calls: readonly MadeCall[]): Record<string, number> {
  const fates: Record<string, number> = {};
  for (const { fate } of calls) fates[fate] = (fates[fate] ?? 0) + 1;
  return fates;
}

function accountOf(what: string, camp: Camp, { seed, seconds }: SiegeOptions, { blows, calls }: Story): string {
  return [
    `The siege with SIEGE_SEED=${seed} SIEGE_SECONDS=${seconds} found: ${what}`,
    `calls: ${JSON.stringify(countFates(calls))}`,
    'what was done:',
    ...blows.map(({ atMs, what: blow }) => `  ${(atMs / 1000).toFixed(1)} s ${blow}`),
    `requests to the file server: ${JSON.stringify(camp.proxy.counts)}`,
    ...camp.processes.map(
      (process) => `--- ${process.name} (${process.failedStarts} failed starts)\n${process.tail()}`,
    ),
  ].join('\n');
}
