import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@sallyport/telemetry';
import { Outbox } from './outbox';
import {
  ALL,
  APPENDER,
  claimedNames,
  CLAIMER,
  COMPLETER,
  entry,
  kill,
  killAll,
  drainAll,
  listen,
  POSTPONER,
  SETTINGS,
  startChild,
} from './outbox.fixture';

const ROUNDS = 5;
const logger = createLogger('test', 'silent');

/** Kills a child at a moment that nobody chose, once it has said something. */
async function killSomeTime<T = string>(child: ReturnType<typeof startChild>): Promise<T[]> {
  const { told, ended } = listen<T>(child);
  await once(child.stdout, 'data', { signal: AbortSignal.timeout(90_000) });
  await sleep(Math.random() * 80);
  await kill(child);
  await ended;
  return told;
}

describe('an outbox whose processes are killed', () => {
  let dir: string;
  let outbox: Outbox;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
    outbox = Outbox.open(dir, SETTINGS, logger);
  });
  afterEach(async () => {
    await killAll();
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('has every accepted record exactly once, round after round', async () => {
    const accepted: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [one, two] = [startChild(APPENDER, dir, `${round}a`), startChild(APPENDER, dir, `${round}b`)];
      const told = killSomeTime(one);
      accepted.push(...(await killSomeTime(two)), ...(await told));
      // The one that is left is not held up by those that were killed in the midst of a commit.
      await outbox.append(entry(`own-${round}`));
      accepted.push(`own-${round}`);
    }
    const kept = (await claimedNames(outbox)) ?? [];
    // Each child said something before it was killed.
    expect(accepted.length).toBeGreaterThanOrEqual(3 * ROUNDS);
    expect(new Set(kept).size).toBe(kept.length);
    expect(kept).toEqual(expect.arrayContaining(accepted));
    expect(outbox.counts()).toEqual({ accepted: kept.length, queued: 0, shed: 0 });
    expect(ledgerNames()).toEqual([...kept].sort());
  });

  it('loses nothing and balances while those that ship are killed as well', async () => {
    const [accepted, shipped] = [[] as string[], [] as string[]];
    for (let round = 0; round < ROUNDS; round++) {
      const [appender, completer] = [startChild(APPENDER, dir, `${round}`), startChild(COMPLETER, dir)];
      const told = killSomeTime(appender);
      shipped.push(...(await killSomeTime(completer)));
      accepted.push(...(await told));
      const { records } = outbox.depth();
      const counts = outbox.counts();
      expect(counts.accepted).toBe(counts.queued + records);
    }
    const counts = outbox.counts();
    // The first of them may be the small batch that the last one killed had begun.
    const left = (await drainAll(outbox)).flatMap(({ names }) => names);
    const all = [...new Set([...shipped, ...left])];
    expect(new Set(left).size).toBe(left.length);
    expect(all).toEqual(expect.arrayContaining(accepted));
    expect(counts).toEqual({ accepted: all.length, queued: all.length - left.length, shed: 0 });
  });

  it('keeps every record in the one batch that it came to, and counts it once, also while batches are postponed', async () => {
    const accepted: string[] = [];
    const batches: { id: string; names: (string | null)[] }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [appender, one, two] = [APPENDER, POSTPONER, POSTPONER].map((script) =>
        startChild(script, dir, `${round}`),
      );
      if (appender === undefined || one === undefined || two === undefined) throw new Error('three children');
      const told = [killSomeTime<(typeof batches)[number]>(one), killSomeTime<(typeof batches)[number]>(two)];
      accepted.push(...(await killSomeTime(appender)));
      batches.push(...(await Promise.all(told)).flat());
    }
    const { queued } = outbox.counts();
    // Long after all of them may be tried again.
    const later = Date.now() + 86_400_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    const rest = await drainAll(outbox).finally(() => clock.mockRestore());
    const left = rest.flatMap(({ names }) => names);
    batches.push(...rest);
    expect(new Set(left).size).toBe(left.length);
    const batchOf = new Map<string, string>();
    for (const { id, names } of batches)
      for (const name of names) {
        // Another process had completed it by then.
        if (name === null) continue;
        expect([name, batchOf.get(name) ?? id]).toEqual([name, id]);
        batchOf.set(name, id);
      }
    expect([...batchOf.keys()]).toEqual(expect.arrayContaining(accepted));
    expect(queued).toBe(batchOf.size - left.length);
    expect(outbox.counts()).toEqual({ accepted: batchOf.size, queued: batchOf.size, shed: 0 });
    expect(outbox.depth().records).toBe(0);
  });

  it('leaves a batch to the living process that ships it, and takes it over when that one is killed', async () => {
    await outbox.append(entry('n1'));
    const child = startChild(CLAIMER, dir);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(await outbox.claim(ALL)).toBeUndefined();
    await kill(child);
    const batch = await outbox.claim(ALL);
    expect(batch?.id).toBe(JSON.parse(String(line)));
    expect(await claimedNames(outbox)).toEqual(['n1']);
  });

  function ledgerNames(): string[] {
    const names: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = outbox.ledger.page('2026-11-21', { after, limit: 1_000 });
      names.push(...page.entries.map(({ name }) => name));
      after = page.next ?? undefined;
      more = page.next !== null;
    }
    return names.sort();
  }
});
