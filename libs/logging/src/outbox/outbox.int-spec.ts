import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { Outbox } from './outbox';
import { ALL, claimedNames, entry, SETTINGS } from './outbox.fixture';

const logger = createLogger('test', 'silent');
const open = (dir: string): Outbox => Outbox.open(dir, SETTINGS, logger);

describe(Outbox.name, () => {
  let dir: string;
  let outbox: Outbox;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
    outbox = open(dir);
  });
  afterEach(async () => {
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('hands out records in the order in which they came', async () => {
    const expected = Array.from({ length: 200 }, (_, i) => `n${i}`);
    await Promise.all(expected.map((name) => outbox.append(entry(name))));
    expect(await claimedNames(outbox)).toEqual(expected);
  });

  it.each([
    ['count', { maxRecords: 2, maxBytes: 1_000, maxAgeMs: 60_000 }, ['n1', 'n2']],
    ['bytes', { maxRecords: 9, maxBytes: 110, maxAgeMs: 60_000 }, ['n1', 'n2']],
    ['bytes, exactly', { maxRecords: 9, maxBytes: 150, maxAgeMs: 60_000 }, ['n1', 'n2', 'n3']],
    ['one record over the bytes', { maxRecords: 9, maxBytes: 10, maxAgeMs: 60_000 }, ['n1']],
    ['age', { maxRecords: 9, maxBytes: 1_000, maxAgeMs: 0 }, ['n1', 'n2', 'n3']],
    ['nothing', { maxRecords: 9, maxBytes: 1_000, maxAgeMs: 60_000 }, undefined],
  ])('makes a batch due by %s', async (_limit, limits, expected) => {
    for (const name of ['n1', 'n2', 'n3']) await outbox.append(entry(name, `"${'x'.repeat(48)}"`));
    expect(await claimedNames(outbox, { ...ALL, ...limits })).toEqual(expected);
  });

  it('counts bytes, not characters', async () => {
    for (const name of ['n1', 'n2', 'n3']) await outbox.append(entry(name, `"${'é'.repeat(24)}"`));
    expect(await claimedNames(outbox, { ...ALL, maxBytes: 110 })).toEqual(['n1', 'n2']);
  });

  it('gives the same batch until it is complete, over a restart, other limits and with records behind it', async () => {
    await outbox.append(entry('n1'));
    await outbox.append(entry('large', `"${'x'.repeat(50)}"`));
    const first = await outbox.claim({ ...ALL, maxInlineBytes: 20 });
    expect(first?.items.map(({ isLarge }) => isLarge)).toEqual([false, true]);
    await outbox.append(entry('n2'));
    await outbox.close();
    outbox = open(dir);
    const again = await outbox.claim({ ...ALL, maxRecords: 1 });
    expect(again).toMatchObject({ id: first?.id, items: first?.items });
    expect(again?.id).toMatch(/^b-[0-9A-Z]{26}$/);
    expect(await outbox.complete(again?.id ?? '')).toBe(2);
    expect(await claimedNames(outbox)).toEqual(['n2']);
  });

  it('takes a record for large above the limit, not at it', async () => {
    for (const json of ['"12345678"', '"123456789"']) await outbox.append(entry('n', json));
    const batch = await outbox.claim({ ...ALL, maxInlineBytes: 10 });
    expect(batch?.items.map(({ isLarge }) => isLarge)).toEqual([false, true]);
  });

  it('completes a batch once', async () => {
    await outbox.append(entry('n1'));
    const batch = await outbox.claim(ALL);
    expect(await outbox.complete(batch?.id ?? '')).toBe(1);
    await outbox.append(entry('n2'));
    expect(await claimedNames(outbox)).toEqual(['n2']);
    expect(await outbox.complete(batch?.id ?? '')).toBe(0);
    expect(outbox.depth().records).toBe(1);
    expect(outbox.counts()).toEqual({ accepted: 2, queued: 1, shed: 0 });
  });

  it('tells its depth and, over a restart, its counts', async () => {
    expect(outbox.depth()).toEqual({ records: 0, bytes: 0, oldestAgeMs: 0 });
    await outbox.append(entry('n1', `"${'x'.repeat(100_000)}"`));
    await outbox.append(entry('n2'));
    expect(outbox.depth().records).toBe(2);
    expect(outbox.depth().bytes).toBeGreaterThan(100_000);
    expect(outbox.depth().bytes).toBeLessThan(120_000);
    const batch = await outbox.claim({ ...ALL, maxRecords: 1 });
    await outbox.complete(batch?.id ?? '');
    await outbox.close();
    outbox = open(dir);
    expect(outbox.counts()).toEqual({ accepted: 2, queued: 1, shed: 0 });
    expect(outbox.depth()).toMatchObject({ records: 1, bytes: 4096 });
  });

  it('may be open twice: both append, one ships, and the other goes on when that one closes', async () => {
    const other = open(dir);
    await outbox.append(entry('n1'));
    await other.append(entry('n2'));
    const batch = await other.claim(ALL);
    expect(batch?.items).toHaveLength(2);
    expect(await outbox.claim(ALL)).toBeUndefined();
    await other.close();
    // The write of the one that closes may reach the other a moment later.
    await until(async () => (await outbox.claim(ALL))?.id === batch?.id);
    expect(outbox.counts().accepted).toBe(2);
  });

  it('lets only one of those that ask at the same time make a batch', async () => {
    const others = [open(dir), open(dir)];
    await outbox.append(entry('n1'));
    const claims = await Promise.all([outbox, ...others].map((one) => one.claim(ALL)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    await Promise.all(others.map((other) => other.close()));
  });

  it('closes once, with what is being appended, and takes nothing afterwards', async () => {
    const appending = Promise.all(['n1', 'n2', 'n3'].map((name) => outbox.append(entry(name))));
    await Promise.all([outbox.close(), outbox.close(), appending]);
    await expect(outbox.append(entry('n4'))).rejects.toMatchObject({ code: 'unavailable' });
    outbox = Outbox.open(dir, { ...SETTINGS, onFull: 'shed' }, logger);
    await outbox.close();
    // Only a full disk makes it give records up.
    await expect(outbox.append(entry('n4'))).rejects.toMatchObject({ code: 'unavailable' });
    outbox = open(dir);
    expect(await claimedNames(outbox)).toEqual(['n1', 'n2', 'n3']);
  });

  it('keeps a record of many megabytes, and one without text, whatever a batch may hold', async () => {
    const huge = `"${'é'.repeat(10_000_000)}"`;
    await outbox.append(entry('empty', ''));
    await outbox.append(entry('huge', huge));
    await outbox.append(entry('n1'));
    const limits = { ...ALL, maxBytes: 1_024 };
    for (const [name, json] of [
      ['empty', ''],
      ['huge', huge],
      ['n1', '{}'],
    ] as const) {
      const batch = await outbox.claim(limits);
      const [record, ...others] = batch?.items.map(({ key }) => outbox.read(key)) ?? [];
      expect(record?.name).toBe(name);
      expect(record?.json === json).toBe(true);
      expect(others).toEqual([]);
      await outbox.complete(batch?.id ?? '');
    }
  });

  it('uses the space of what left again', async () => {
    const cycle = async (): Promise<number> => {
      const json = `"${'x'.repeat(20_000)}"`;
      await Promise.all(Array.from({ length: 100 }, (_, i) => outbox.append(entry(`n${i}`, json))));
      const batch = await outbox.claim(ALL);
      await outbox.complete(batch?.id ?? '');
      return outbox.fileBytes();
    };
    for (let i = 0; i < 3; i++) await cycle();
    const settled = await cycle();
    for (let i = 0; i < 20; i++) await cycle();
    expect(await cycle()).toBeLessThanOrEqual(settled + 4 * 1_048_576);
  });
});

describe('a folder that is no outbox', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const refusal = (path: string): string => {
    try {
      open(path);
    } catch (error) {
      return (error as Error).message;
    }
    return 'opened';
  };

  it('is refused by the name of its setting when it holds other data', async () => {
    await writeFile(join(dir, 'data.mdb'), 'x'.repeat(10_000));
    expect(refusal(dir)).toContain(`DATA_DIR: ${dir} cannot be opened as a log outbox`);
  });

  it('is refused when its file is too short to tell', async () => {
    await writeFile(join(dir, 'data.mdb'), 'x');
    expect(refusal(dir)).toContain('data.mdb holds something else');
  });

  it('is refused when the file was cut off', async () => {
    const outbox = open(dir);
    await outbox.append(entry('n1', `"${'x'.repeat(100_000)}"`));
    await outbox.close();
    await truncate(join(dir, 'data.mdb'), 3 * 4096);
    expect(refusal(dir)).toContain('data.mdb is cut off');
  });

  it('is refused when it is a file', async () => {
    await writeFile(join(dir, 'file'), '');
    expect(refusal(join(dir, 'file'))).toContain('DATA_DIR: ');
  });

  it('is refused when its file is a folder', async () => {
    await mkdir(join(dir, 'data.mdb'));
    expect(refusal(dir)).toContain('DATA_DIR: ');
  });
});
