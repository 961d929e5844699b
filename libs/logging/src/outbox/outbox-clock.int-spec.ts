import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { Outbox } from './outbox';
import { ALL, claimedNames, entry, SETTINGS } from './outbox.fixture';

describe('An outbox whose clock jumps, or whose holder is frozen', () => {
  let dir: string;
  let outbox: Outbox;
  const MINUTE = 60_000;
  let now: jest.SpyInstance<number, []>;
  let jumpMs: number;
  let other: Outbox;
  const open = (): Outbox => Outbox.open(dir, SETTINGS, createLogger('test', 'silent'));
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
    outbox = open();
    // Between its jumps it stands still, so that no hold ends because the machine is slow.
    const start = Date.now();
    jumpMs = 0;
    now = jest.spyOn(Date, 'now').mockImplementation(() => start + jumpMs);
    other = open();
  });
  afterEach(async () => {
    now.mockRestore();
    await Promise.all([outbox.close(), other.close()]);
    await rm(dir, { recursive: true, force: true });
  });

  it.each([
    ['shows no life for half a minute', 31_000],
    ['held it before the clock went back', -MINUTE],
  ])('takes a batch over from one that %s, and counts it once when that one comes back', async (_why, ms) => {
    for (const name of ['n1', 'n2', 'n3']) await outbox.append(entry(name));
    const limits = { ...ALL, maxRecords: 2 };
    const batch = await other.claim(limits);
    expect(await outbox.claim(limits)).toBeUndefined();
    jumpMs = ms;
    expect(await outbox.claim(limits)).toMatchObject({ id: batch?.id, items: batch?.items });
    // Now it is the other one's turn to wait.
    expect(await other.claim(limits)).toBeUndefined();
    expect(await outbox.complete(batch?.id ?? '')).toBe(2);
    expect(await outbox.claim(limits)).toMatchObject({ items: [{}] });
    expect(await other.complete(batch?.id ?? '')).toBe(0);
    expect(outbox.counts()).toEqual({ accepted: 3, queued: 2, shed: 0 });
  });

  it('keeps a batch that its holder comes back to in time', async () => {
    await outbox.append(entry('n1'));
    const batch = await other.claim(ALL);
    jumpMs = 16_000;
    expect((await other.claim(ALL))?.id).toBe(batch?.id);
    jumpMs = 31_000;
    expect(await outbox.claim(ALL)).toBeUndefined();
  });

  it('ships records from before the clock went back at once, and in their order', async () => {
    await outbox.append(entry('n1'));
    jumpMs = -24 * 60 * MINUTE;
    await outbox.append(entry('n2'));
    expect(outbox.depth().oldestAgeMs).toBe(0);
    expect(await claimedNames(outbox, { ...ALL, maxAgeMs: MINUTE })).toEqual(['n1', 'n2']);
  });
});
