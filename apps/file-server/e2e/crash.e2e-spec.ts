import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@sallyport/testing';
import { FileServerProcess } from './file-server.process';

const SIZE = 500_000;
const WRITERS = 8;

const contentOf = (path: string): string => path.padEnd(SIZE, '.');

describe('a file server that is killed while it writes', () => {
  let dir: string;
  let server: FileServerProcess | undefined;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
  });
  afterAll(async () => {
    await server?.kill();
    await rm(dir, { recursive: true });
  });

  /** Writes until the server is gone. */
  const write = async (running: FileServerProcess, writer: number, stored: string[]): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const path = `day/${writer}/${n}`;
      const reply = await running.write(path, contentOf(path), writer % 2 ? 'sync' : 'async').catch(() => undefined);
      if (reply === undefined) return;
      expect(reply.ok).toBe(true);
      stored.push(path);
      await reply.arrayBuffer().catch(() => undefined);
    }
  };

  it('leaves whole files only, among them all that it has told of, and clears the rest away at its start', async () => {
    const running = await FileServerProcess.start(dir);
    server = running;
    const stored: string[] = [];
    const unfinished = (): Promise<string[]> => readdir(join(dir, '.unfinished'));
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(running, writer, stored)));
    await until(() => Promise.resolve(stored.length >= 2 * WRITERS));
    // A stopped process cannot finish what it is found to be at.
    await until(() => running.whileStopped(async () => (await unfinished()).length > 0));
    await running.kill();
    await writing;
    expect((await unfinished()).length).toBeGreaterThan(0);
    const found = (await readdir(join(dir, 'day'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));
    expect(found).toEqual(expect.arrayContaining(stored));
    for (const path of found) expect(await readFile(join(dir, path), 'utf8')).toBe(contentOf(path));
    server = await FileServerProcess.start(dir);
    expect(await unfinished()).toEqual([]);
    const listed = (await (await server.list('limit=1000')).json()) as { files: { path: string }[] };
    expect(listed.files.map(({ path }) => path)).toEqual(found.sort());
  });
});
