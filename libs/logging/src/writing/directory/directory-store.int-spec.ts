import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DAY, entriesOf, entryOf } from '../conformance/test-entries.fixture';
import { DirectoryStore } from './directory-store';

/** Writes batches without end, each record twice as long as a page, and prints the number of each batch. */
const WRITER = `
  const { openRecordStore } = require('@sallyport/logging');
  const [, dir, mode, run] = process.argv;
  const store = openRecordStore({ kind: 'directory', dir, mode, pathPrefix: '' });
  (async () => {
    for (let batch = 0; ; batch++) {
      const entries = Array.from({ length: 20 }, (_, i) => {
        const name = [run, batch, i].join('-');
        return { callId: 'c', date: '${DAY}', name, json: JSON.stringify({ name, text: 'x'.repeat(8000) }) };
      });
      const results = await store.write('b-' + batch, entries);
      if (results.every(({ outcome }) => outcome === 'written')) process.stdout.write(batch + '\\n');
    }
  })();
`;

/** Writes one record that is larger than the largest file that it may make, and prints the result. */
const LIMITED = `
  const { openRecordStore } = require('@sallyport/logging');
  const store = openRecordStore({ kind: 'directory', dir: process.argv[1], mode: 'sync', pathPrefix: '' });
  const entry = { callId: 'c', date: '${DAY}', name: 'large', json: JSON.stringify('x'.repeat(1e6)) };
  store.write('b-1', [entry]).then(([{ error }]) => console.log(JSON.stringify([error.message, error.retryable])));
`;

describe(DirectoryStore.name, () => {
  let around: string;
  let dir: string;
  const open = (mode: 'async' | 'sync' = 'async', pathPrefix = ''): DirectoryStore =>
    new DirectoryStore({ kind: 'directory', dir, mode, pathPrefix });
  beforeEach(async () => {
    around = await mkdtemp(join(tmpdir(), 'sallyport-records-'));
    dir = join(around, 'records');
  });
  afterEach(() => rm(around, { recursive: true, force: true }));

  it.each(['async', 'sync'] as const)('has whole records only, whenever it is killed (%s)', async (mode) => {
    const counts = [];
    for (let run = 0; run < 5; run++) {
      const child = spawn(process.execPath, ['-e', WRITER, dir, mode, String(run)], {
        cwd: __dirname,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
      try {
        await once(child.stdout, 'data', { signal: AbortSignal.timeout(90_000) });
        await new Promise((resolve) => setTimeout(resolve, 20 * run));
      } finally {
        await kill(child);
      }
      counts.push(printed.split('\n').length - 1);
    }
    const names = new Set(await readdir(join(dir, DAY)));
    for (const name of names) {
      const record = JSON.parse(await readFile(join(dir, DAY, name), 'utf8')) as { name: string; text: string };
      expect([`${record.name}.json`, record.text.length]).toEqual([name, 8000]);
    }
    for (const [run, batches] of counts.entries()) {
      const promised = Array.from({ length: batches * 20 }, (_, i) => `${run}-${Math.floor(i / 20)}-${i % 20}.json`);
      expect(promised.filter((name) => !names.has(name))).toEqual([]);
    }
  });

  it('clears away what a crash left unfinished, but nothing that is young', async () => {
    await mkdir(join(dir, '.unfinished'), { recursive: true });
    for (const name of ['old', 'young']) await writeFile(join(dir, '.unfinished', name), 'half');
    await utimes(join(dir, '.unfinished', 'old'), 1, 1);
    await open().check();
    expect(await readdir(join(dir, '.unfinished'))).toEqual(['young']);
  });

  it('leaves nothing behind of a record that does not fit', async () => {
    const limited = `ulimit -f 100; exec "$0" -e "$1" "$2"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', limited, process.execPath, LIMITED, dir], {
      cwd: __dirname,
    });
    expect(JSON.parse(stdout)).toEqual(['The record cannot be written to its folder (EFBIG)', true]);
    expect(await readdir(join(dir, DAY))).toEqual([]);
    expect(await readdir(join(dir, '.unfinished'))).toEqual([]);
  });

  it('writes again when its disk is back', async () => {
    const store = open();
    const [first, second] = entriesOf(2);
    if (first === undefined || second === undefined) throw new Error('two entries');
    await store.write('b-1', [first]);
    await rename(dir, `${dir}.away`);
    expect(await store.write('b-2', [second])).toMatchObject([{ error: { code: 'unavailable', retryable: true } }]);
    await rename(`${dir}.away`, dir);
    expect(await store.write('b-2', [second])).toMatchObject([{ outcome: 'written' }]);
  });

  it('follows no link: not for a folder, and not for a record', async () => {
    const outside = join(around, 'outside');
    await mkdir(outside);
    await mkdir(join(dir, '2026-11-22'), { recursive: true });
    await symlink(outside, join(dir, DAY));
    const entry = entryOf('a');
    expect(await open().write('b-1', [entry])).toMatchObject([{ outcome: 'refused', error: { retryable: true } }]);
    expect(await readdir(outside)).toEqual([]);
    // Not even to a record of the same content.
    await writeFile(join(outside, 'a.json'), entry.json);
    await symlink(join(outside, 'a.json'), join(dir, '2026-11-22', 'a.json'));
    const beside = { outcome: 'written_beside', path: '2026-11-22/a.call-a.json' };
    expect(await open().write('b-1', [{ ...entry, date: '2026-11-22' }])).toEqual([beside]);
    expect(await readdir(outside)).toEqual(['a.json']);
    const list = async (): Promise<void> => {
      for await (const { path } of open().list(DAY)) expect(path).toBe('');
    };
    await expect(list()).rejects.toMatchObject({ retryable: true });
  });

  it.each(['../outside/a.json', '/etc/passwd', './a.json', 'a//b.json'])(
    'does not look for a record at %s',
    async (path) => {
      await mkdir(join(around, 'outside'), { recursive: true });
      await writeFile(join(around, 'outside', 'a.json'), '{}');
      const reference = { callId: 'c', date: DAY, name: 'a', stored: { path, bytes: 2, sha256: '' } };
      await expect(open().holds(reference)).resolves.toBe(false);
    },
  );

  it('gives a record up whose names are both taken', async () => {
    await mkdir(join(dir, DAY, 'a.call-a.json'), { recursive: true });
    await writeFile(join(dir, DAY, 'a.json'), 'other');
    expect(await open().write('b-1', [entryOf('a')])).toMatchObject([
      { error: { code: 'conflict', retryable: false } },
    ]);
    expect(await readFile(join(dir, DAY, 'a.json'), 'utf8')).toBe('other');
  });

  it('lists records only', async () => {
    await open().write('b-1', [entryOf('a')]);
    await writeFile(join(dir, DAY, 'note.txt'), '');
    await mkdir(join(dir, DAY, 'folder.json'));
    const names = [];
    for await (const { name } of open().list(DAY)) names.push(name);
    expect(names).toEqual(['a']);
  });

  it('names what is wrong at the start', async () => {
    await writeFile(dir, '');
    const inTheWay = expect.stringMatching(/^LOG_DIR: /) as string;
    await expect(open().check()).rejects.toMatchObject({ message: inTheWay, retryable: false });
    const prefix = expect.stringMatching(/^FILE_SERVER_PATH_PREFIX: /) as string;
    await expect(open('sync', '.Unfinished/x').check()).rejects.toMatchObject({ message: prefix, retryable: false });
    await rm(dir);
    await symlink(dir, dir);
    await expect(open().check()).rejects.toMatchObject({ message: inTheWay, retryable: true });
  });

  it.each([
    // The record, the folder that has the day, and the folder of the day.
    ['sync', 3],
    ['async', 0],
  ] as const)('says of a record that it is there when the disk has it (%s)', async (mode, flushes) => {
    const handle = await openFile(__filename);
    const sync = jest.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    try {
      await open(mode).write('b-1', [entryOf('a')]);
      expect(sync).toHaveBeenCalledTimes(flushes);
    } finally {
      sync.mockRestore();
    }
  });

  it('makes files that others may read and only the owner may write', async () => {
    await open().write('b-1', [entryOf('a')]);
    expect((await stat(join(dir, DAY, 'a.json'))).mode & 0o777).toBe(0o644 & ~process.umask());
  });
});

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
