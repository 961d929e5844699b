import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileServerProcess } from './file-server.process';
import { until } from './observe';

const SIZE = 500_000;
const WRITERS = 8;
const MOST_ROUNDS = 30;

const contentOf = (path: string): string => path.padEnd(SIZE, '.');

describe('a file server that is killed while it writes', () => {
  let dir: string;
  let server: FileServerProcess;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
  });
  afterAll(async () => {
    await server.kill();
    await rm(dir, { recursive: true });
  });

  /** Writes until the server is gone. */
  const write = async (round: number, writer: number, stored: string[]): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const path = `${round}/${writer}/${n}`;
      const reply = await server.write(path, contentOf(path), writer % 2 ? 'sync' : 'async').catch(() => undefined);
      if (reply === undefined) return;
      expect(reply.ok).toBe(true);
      stored.push(path);
    }
  };

  it('leaves whole files only, among them all that it has told of, and clears the rest away at its start', async () => {
    let leftOver = 0;
    for (let round = 0; round < MOST_ROUNDS && leftOver === 0; round += 1) {
      server = await FileServerProcess.start(dir);
      const stored: string[] = [];
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(round, writer, stored));
      await until(() => Promise.resolve(stored.length >= 2 * WRITERS));
      await server.kill();
      await Promise.all(writers);
      leftOver = (await readdir(join(dir, '.unfinished'))).length;
      const found = (await readdir(join(dir, String(round)), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));
      expect(found).toEqual(expect.arrayContaining(stored));
      for (const path of found) expect(await readFile(join(dir, path), 'utf8')).toBe(contentOf(path));
    }
    expect(leftOver).toBeGreaterThan(0);
    server = await FileServerProcess.start(dir);
    expect(await readdir(join(dir, '.unfinished'))).toEqual([]);
  });
});
