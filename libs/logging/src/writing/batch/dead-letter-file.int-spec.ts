import { execFile } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DAY, entryOf } from '../conformance/test-entries.fixture';
import { DeadLetterFile, type FiledDeadLetter } from './dead-letter-file';

const letter = (id: string, text = ''): FiledDeadLetter => ({
  id,
  entry: entryOf(id, `call-${id}`, { text }),
  reason: 'The file server answered with status 422',
  at: `${DAY}T12:00:00.000Z`,
});

/** Appends dead letters of a few kilobytes, many at a time. */
const APPENDER = `
  const { DeadLetterFile } = require('@sallyport/logging');
  const [, dir, run] = process.argv;
  const file = new DeadLetterFile(dir);
  const entry = { callId: 'c', date: '${DAY}', name: 'n', json: JSON.stringify('x'.repeat(5000)) };
  const letter = (i) => ({ id: run + '-' + i, entry, reason: 'r', at: '${DAY}T12:00:00.000Z' });
  Promise.all(Array.from({ length: 100 }, (_, i) => file.append(letter(i)))).catch((error) => {
    console.log(error.message);
  });
`;

describe(DeadLetterFile.name, () => {
  let around: string;
  let dir: string;
  let file: DeadLetterFile;
  const read = async (): Promise<FiledDeadLetter[]> => {
    const letters = [];
    for await (const each of file.read()) letters.push(each);
    return letters;
  };
  beforeEach(async () => {
    around = await mkdtemp(join(tmpdir(), 'sallyport-letters-'));
    dir = join(around, 'dead', 'letters');
    file = new DeadLetterFile(dir);
  });
  afterEach(() => rm(around, { recursive: true, force: true }));

  it('keeps a line for each, by day, for the owner only', async () => {
    const [one, two] = [letter('d-1', '\u2028 \n é'), { ...letter('d-2'), at: '2026-11-20T00:00:00.000Z' }];
    await file.append(one);
    await file.append(two);
    expect(await readFile(join(dir, `${DAY}.ndjson`), 'utf8')).toBe(`${JSON.stringify(one)}\n`);
    expect((await stat(join(dir, `${DAY}.ndjson`))).mode & 0o777).toBe(0o600);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect(await read()).toEqual([two, one]);
  });

  it('has a letter on disk before it says so: the line, and the name of its file', async () => {
    const handle = await open(__filename);
    const sync = jest.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    try {
      await file.append(letter('d-1'));
      expect(sync).toHaveBeenCalledTimes(2);
    } finally {
      sync.mockRestore();
    }
  });

  it('has nothing to read before the first', async () => {
    expect(await read()).toEqual([]);
  });

  it('leaves out a line that was cut off, wherever, and appends behind it', async () => {
    const [one, two] = [letter('d-1', 'é'), letter('d-2')];
    const torn = Buffer.from(JSON.stringify(one), 'utf8');
    await mkdir(dir, { recursive: true });
    for (let length = 1; length < torn.length; length++) {
      await writeFile(join(dir, `${DAY}.ndjson`), Buffer.concat([torn, Buffer.from('\n'), torn.subarray(0, length)]));
      expect(await read()).toEqual([one]);
      if (length % 50 === 0) {
        await file.append(two);
        expect(await read()).toEqual([one, two]);
      }
    }
  });

  it('passes over what is no dead letter', async () => {
    await file.append(letter('d-1'));
    await appendFile(join(dir, `${DAY}.ndjson`), 'null\n[]\n{}\n{"id":1,"entry":{},"reason":"","at":""}\n');
    await writeFile(join(dir, 'notes.ndjson'), JSON.stringify(letter('d-2')));
    expect(await read()).toEqual([letter('d-1')]);
  });

  it('takes lines of several processes at a time', async () => {
    const run = promisify(execFile);
    const runs = ['a', 'b', 'c'];
    await Promise.all(runs.map((name) => run(process.execPath, ['-e', APPENDER, dir, name], { cwd: __dirname })));
    const ids = runs.flatMap((name) => Array.from({ length: 100 }, (_, i) => `${name}-${i}`));
    expect((await read()).map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('says so when a line does not fit on the disk, and reads those before it', async () => {
    const limited = `ulimit -f 20; exec "$0" -e "$1" "$2" a`;
    const { stdout } = await promisify(execFile)('bash', ['-c', limited, process.execPath, APPENDER, dir], {
      cwd: __dirname,
    });
    expect(stdout).toMatch(/^The dead letter cannot be written to its file \((EFBIG|ENOSPC)\)/);
    expect((await stat(join(dir, `${DAY}.ndjson`))).size).toBeLessThanOrEqual(20 * 1024);
    expect((await read()).length).toBeGreaterThan(0);
    await file.append(letter('d-1'));
    expect((await read()).at(-1)).toEqual(letter('d-1'));
  });

  it('refuses for now when its folder cannot be made', async () => {
    await writeFile(join(around, 'dead'), '');
    await expect(file.append(letter('d-1'))).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(await readdir(around)).toEqual(['dead']);
    await expect(read()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
