import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import type { OutboxBatch } from './open-batch';
import { Outbox } from './outbox';
import { ALL, drain, entry, SETTINGS } from './outbox.fixture';

const DAY = '2026-11-21';
const HALF_A_MINUTE = 30_000;
const LIMITS = { ...ALL, maxInlineBytes: 1_000 };
const textOf = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
const LARGEST_IN_QUEUE = textOf(16_777_216);
const FOR_ITS_PLACE_ONLY = textOf(16_777_217);

describe('A batch that is postponed', () => {
  let dir: string;
  let outbox: Outbox;
  let now: jest.SpyInstance<number, []>;
  let passedMs: number;
  let other: Outbox | undefined;
  const open = (): Outbox => Outbox.open(dir, SETTINGS, createLogger('test', 'silent'));
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
    passedMs = 0;
    // Stands still, so that nothing falls due by itself.
    const start = Date.now();
    now = jest.spyOn(Date, 'now').mockImplementation(() => start + passedMs);
    outbox = open();
  });
  afterEach(async () => {
    now.mockRestore();
    await Promise.all([outbox.close(), other?.close()]);
    other = undefined;
    await rm(dir, { recursive: true, force: true });
  });

  const claim = async (limits = LIMITS): Promise<OutboxBatch & { names: string[] }> => {
    const batch = await outbox.claim(limits);
    return { id: '', items: [], ...batch, names: (batch?.items ?? []).map(({ key }) => outbox.read(key)?.name ?? '') };
  };
  const appendAll = async (...names: string[]): Promise<void> => {
    for (const name of names) await outbox.append(entry(name, name.startsWith('big') ? FOR_ITS_PLACE_ONLY : '{}'));
  };
  /** Ships what is due. @returns the names of each batch */
  const drained = async (): Promise<string[][]> => (await drain(outbox, LIMITS)).map(({ names }) => names);
  const waiting = (): string[] =>
    outbox.ledger.page(DAY, { limit: 10 }).entries.flatMap((line) => (line.waiting ? line.name : []));

  it('lets those behind it go first, and is the next one half a minute later, the same, over a restart', async () => {
    await appendAll('n1', 'n2', 'n3');
    const first = await claim({ ...LIMITS, maxRecords: 2 });
    await outbox.postpone(first.id);
    const behind = await claim();
    expect(behind.names).toEqual(['n3']);
    expect(await outbox.complete(behind.id)).toBe(1);
    expect((await claim()).names).toEqual([]);
    expect(outbox.counts()).toEqual({ accepted: 3, queued: 1, shed: 0 });
    expect(waiting()).toEqual(['n1', 'n2']);
    await outbox.close();
    outbox = open();
    await appendAll('n4');
    passedMs = HALF_A_MINUTE - 1;
    expect((await claim()).names).toEqual(['n4']);
    await outbox.complete((await claim()).id);
    passedMs = HALF_A_MINUTE;
    expect(await claim()).toMatchObject({ id: first.id, items: first.items });
    expect(await outbox.complete(first.id)).toBe(2);
    expect((await claim()).names).toEqual([]);
    expect(outbox.counts()).toEqual({ accepted: 4, queued: 4, shed: 0 });
    expect(waiting()).toEqual([]);
  });

  it('takes its turn behind the others that wait, and only one of them is tried in half a minute', async () => {
    await appendAll('n1', 'n2', 'n3');
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { id } = await claim({ ...LIMITS, maxRecords: 1 });
      ids.push(id);
      await outbox.postpone(id);
    }
    const tried: string[] = [];
    for (let i = 1; i <= 4; i++) {
      passedMs = i * HALF_A_MINUTE;
      const { id } = await claim();
      tried.push(id);
      await outbox.postpone(id);
      expect((await claim()).names).toEqual([]);
    }
    expect(tried).toEqual([...ids, ids[0]]);
    passedMs += HALF_A_MINUTE;
    // Once its place takes one, all others follow.
    expect(await drained()).toEqual([['n2'], ['n3'], ['n1']]);
    expect(outbox.counts()).toEqual({ accepted: 3, queued: 3, shed: 0 });
  });

  it('is never one of several records when only its place can take one of them', async () => {
    await appendAll('n1', 'n2', 'big', 'n3');
    await outbox.append(entry('large', LARGEST_IN_QUEUE));
    expect(await drained()).toEqual([['n1', 'n2'], ['big'], ['n3', 'large']]);
    // Where the queue takes records of any size there is nothing to wait for.
    await appendAll('n1', 'big', 'n2');
    expect((await claim(ALL)).names).toEqual(['n1', 'big', 'n2']);
  });

  it('takes with it what only its place can take, untried, and nothing else', async () => {
    await appendAll('big1', 'n1', 'big2', 'n2');
    await outbox.append(entry('large', LARGEST_IN_QUEUE));
    await outbox.postpone((await claim()).id);
    expect(await drained()).toEqual([['n1'], ['n2', 'large']]);
    expect(outbox.counts()).toEqual({ accepted: 5, queued: 3, shed: 0 });
    expect(waiting()).toEqual(['big1', 'big2']);
    passedMs = HALF_A_MINUTE;
    expect(await drained()).toEqual([['big1'], ['big2']]);
  });

  it('is tried at once when the clock went back', async () => {
    await appendAll('n1');
    const { id } = await claim();
    await outbox.postpone(id);
    passedMs = -1;
    expect((await claim()).id).toBe(id);
  });

  it('is so only for the one who ships it', async () => {
    await appendAll('n1');
    const { id } = await claim();
    other = open();
    await other.postpone(id);
    await outbox.postpone('b-other');
    expect((await claim()).id).toBe(id);
    await outbox.postpone(id);
    expect(await outbox.complete(id)).toBe(0);
    passedMs = HALF_A_MINUTE;
    expect((await other.claim(LIMITS))?.id).toBe(id);
    expect((await claim()).id).toBe('');
  });
});
