import promises, { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folder } from './folder';
import { FolderNames, listingTime } from './folder-names';

describe(FolderNames.name, () => {
  let base: string;
  let reads: jest.SpyInstance;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sallyport-names-'));
    for (const [folder, files] of [
      ['one', 1],
      ['a', 2],
      ['b', 2],
      ['five', 5],
    ] as const) {
      await mkdir(join(base, folder, 'inner'), { recursive: true });
      for (let n = 1; n < files; n += 1) await writeFile(join(base, folder, String(n)), '');
    }
    // Only the clock of what is kept stands still: the disk goes on.
    jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
    reads = jest.spyOn(promises, 'readdir');
  });
  afterEach(async () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    await rm(base, { recursive: true });
  });

  const open = (least = 2, most = 4): FolderNames => new FolderNames({ least, most });
  /** Asks for the names, and says whether the folder was read for it. */
  const readsFor = async (kept: FolderNames, name: string, startedAt = 0): Promise<boolean> => {
    const before = reads.mock.calls.length;
    const folder = await Folder.open(join(base, name));
    try {
      expect(await kept.of(folder, `${name}/`, startedAt)).toContain('inner/');
    } finally {
      await folder.close();
    }
    return reads.mock.calls.length > before;
  };

  it('reads a folder once for a listing, and again for one that began later', async () => {
    const kept = open();
    const startedAt = listingTime();
    expect(await readsFor(kept, 'a', startedAt)).toBe(true);
    expect(await readsFor(kept, 'a', startedAt)).toBe(false);
    expect(await readsFor(kept, 'a', listingTime() + 1)).toBe(true);
  });

  it('keeps neither few names nor too many, and gives up no others for those', async () => {
    const kept = open();
    for (const name of ['one', 'a', 'b', 'five']) expect(await readsFor(kept, name)).toBe(true);
    for (const [name, isRead] of [
      ['one', true],
      ['a', false],
      ['b', false],
      ['five', true],
    ] as const) {
      expect([name, await readsFor(kept, name)]).toEqual([name, isRead]);
    }
  });

  it('gives up the oldest for new ones', async () => {
    const kept = open(2, 3);
    expect(await readsFor(kept, 'a')).toBe(true);
    expect(await readsFor(kept, 'b')).toBe(true);
    expect(await readsFor(kept, 'b')).toBe(false);
    expect(await readsFor(kept, 'a')).toBe(true);
    expect(await readsFor(kept, 'a')).toBe(false);
  });

  it('counts a folder once, however often it is read', async () => {
    const kept = open();
    await readsFor(kept, 'a');
    for (let n = 0; n < 5; n += 1) expect(await readsFor(kept, 'b', Infinity)).toBe(true);
    expect(await readsFor(kept, 'a')).toBe(false);
    expect(await readsFor(kept, 'b')).toBe(false);
  });

  it('forgets ten seconds after the last time that it read', async () => {
    const kept = open();
    await readsFor(kept, 'a');
    jest.advanceTimersByTime(6_000);
    expect(await readsFor(kept, 'a', Infinity)).toBe(true);
    jest.advanceTimersByTime(9_999);
    expect(await readsFor(kept, 'a')).toBe(false);
    jest.advanceTimersByTime(1);
    expect(await readsFor(kept, 'a')).toBe(true);
  });
});
