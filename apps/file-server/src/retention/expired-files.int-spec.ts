import promises, { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dayOfName, dayOfTime } from '../storage/day';
import { ExpiredFiles, type ExpiredDay } from './expired-files';

const FIRST_KEPT = dayOfName('2026-11-14') ?? 0;
const OLD = new Date('2026-11-13T23:59:59Z');
const YOUNG = new Date('2026-11-14T00:00:00Z');

describe(ExpiredFiles.name, () => {
  let outside: string;
  let base: string;
  let days: ExpiredDay[];
  let failures: string[];
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), 'sallyport-retention-'));
    base = join(outside, 'base');
    await mkdir(base);
    [days, failures] = [[], []];
  });
  afterEach(() => rm(outside, { recursive: true }));

  const put = async (path: string, modified = OLD): Promise<void> => {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), 'four');
    await utimes(join(base, path), modified, modified);
  };
  const left = async (): Promise<string[]> => (await readdir(base, { recursive: true })).sort();
  const expire = (signal = new AbortController().signal): Promise<void> => {
    const report = {
      deleted: (day: ExpiredDay) => days.push(day),
      failed: (folder: string) => failures.push(folder),
    };
    return new ExpiredFiles(FIRST_KEPT, report, signal).delete(base);
  };

  it('deletes the folders of days before the limit, under any prefix', async () => {
    for (const path of ['2026-11-13/a', '2026-11-13/b', 'llm/2025-01-01/a', 'a/b/c/1999-12-31/a']) await put(path);
    await expire();
    expect(await left()).toEqual(['a', 'a/b', 'a/b/c', 'llm']);
    expect(days.sort((a, b) => a.folder.localeCompare(b.folder))).toEqual([
      { folder: '2026-11-13', files: 2, bytes: 8, kept: 0, removed: true },
      { folder: 'a/b/c/1999-12-31', files: 1, bytes: 4, kept: 0, removed: true },
      { folder: 'llm/2025-01-01', files: 1, bytes: 4, kept: 0, removed: true },
    ]);
    expect(failures).toEqual([]);
  });

  it.each([
    '2026-11-14/a',
    '2026-11-21/a',
    '9999-12-31/a',
    '2026-02-30/a',
    '2026-13-01/a',
    '0000-00-00/a',
    '2026-1-1/a',
    '20251231/a',
    '2025-12-31.old/a',
    'x2025-12-31/a',
    '2025-12-31 /a',
    '２０２５-12-31/a',
    '-2025-12-31/a',
    '2025-12-31\n/a',
    'llm/a',
    'a',
    'llm/2025-12-31',
    '.unfinished/2025-12-31/a',
  ])('leaves %j alone, however old the file is', async (path) => {
    await put(path, new Date(0));
    const before = await left();
    await expire();
    expect(await left()).toEqual(before);
    expect(days).toEqual([]);
  });

  it('keeps files that were written since, whatever their folder is called', async () => {
    await put('2025-01-01/old');
    await put('2025-01-01/young', YOUNG);
    await put('2025-01-02/young', YOUNG);
    await expire();
    expect(await left()).toEqual(['2025-01-01', '2025-01-01/young', '2025-01-02', '2025-01-02/young']);
    expect(days).toEqual([{ folder: '2025-01-01', files: 1, bytes: 4, kept: 1, removed: false }]);
  });

  it('follows no link and deletes none', async () => {
    const target = join(outside, 'target');
    await mkdir(join(target, '2025-01-01'), { recursive: true });
    await writeFile(join(target, '2025-01-01/a'), 'four');
    await utimes(join(target, '2025-01-01/a'), OLD, OLD);
    await put('2025-01-01/a');
    await symlink(join(target, '2025-01-01'), join(base, '2025-01-02'));
    await symlink(target, join(base, 'prefix'));
    await symlink(join(target, '2025-01-01'), join(base, '2025-01-01/folder'));
    await symlink(join(target, '2025-01-01/a'), join(base, '2025-01-01/file'));
    await expire();
    expect(await readdir(join(target, '2025-01-01'))).toEqual(['a']);
    expect((await readdir(join(base, '2025-01-01'))).sort()).toEqual(['file', 'folder']);
    expect((await readdir(base)).sort()).toEqual(['2025-01-01', '2025-01-02', 'prefix']);
  });

  it('takes the folders inside a day with it, but not a day that stays', async () => {
    for (const path of ['2025-01-01/a/b/c', '2025-01-01/2025-01-02/a', '2025-01-01/x/2026-11-14/a']) await put(path);
    await expire();
    expect(await left()).toEqual([
      '2025-01-01',
      '2025-01-01/x',
      '2025-01-01/x/2026-11-14',
      '2025-01-01/x/2026-11-14/a',
    ]);
  });

  it('removes an empty day, and goes on after it was ended', async () => {
    await mkdir(join(base, '2025-01-01'));
    for (let n = 0; n < 5; n += 1) await put(`2025-01-02/${n}`);
    await expire(AbortSignal.abort());
    expect(await readdir(join(base, '2025-01-02'))).toHaveLength(5);
    await expire();
    expect(await left()).toEqual([]);
  });

  it('tells of a day that cannot be cleared, and goes on with the next one', async () => {
    for (const path of ['2025-01-01/a', '2025-01-02/a']) await put(path);
    const unlink = jest.spyOn(promises, 'unlink').mockRejectedValueOnce(new Error('EIO'));
    await expire();
    unlink.mockRestore();
    expect([failures.length, days.length]).toEqual([1, 1]);
    expect(await left()).toEqual([failures[0], `${failures[0]}/a`]);
  });

  it('deletes many', async () => {
    for (let n = 0; n < 2_000; n += 1) await put(`2025-01-02/${n}`);
    await expire();
    expect(days).toEqual([{ folder: '2025-01-02', files: 2_000, bytes: 8_000, kept: 0, removed: true }]);
  });
});

it('knows the day of a time in UTC', () => {
  expect([dayOfTime(OLD.getTime()), dayOfTime(YOUNG.getTime())]).toEqual([FIRST_KEPT - 1, FIRST_KEPT]);
  expect(dayOfTime(-1)).toBe(-1);
  expect(dayOfName('1970-01-02')).toBe(1);
});
