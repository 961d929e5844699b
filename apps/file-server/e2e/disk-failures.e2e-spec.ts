import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, statfs, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './file-server.harness';
import { FileServerProcess } from './file-server.process';
import { metricOf } from './observe';

const KILOBYTE = 1_024;

async function outcomeOf(reply: Response): Promise<[number, string | undefined]> {
  const body = (await reply.json()) as { error?: { code: string } };
  return [reply.status, body.error?.code];
}

/** Not everybody may mount a disk of his own. */
const mayMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0;

describe('a disk that fails', () => {
  let dir: string;
  let server: FileServerProcess | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-disk-'));
  });
  afterEach(async () => {
    await server?.kill();
    await rm(dir, { recursive: true });
  });

  it('does not take files larger than the system allows, and nothing of them stays', async () => {
    // In blocks of 512 bytes or of 1 KB, whatever the shell likes.
    server = await FileServerProcess.start(dir, { prepare: 'ulimit -f 100' });
    for (const mode of ['sync', 'async']) {
      const reply = await server.write('large', 'x'.repeat(200 * KILOBYTE), mode);
      expect(await outcomeOf(reply)).toEqual([507, 'storage_full']);
    }
    expect(await readdir(dir)).toEqual(['.unfinished']);
    expect(await readdir(join(dir, '.unfinished'))).toEqual([]);
    expect((await server.write('small', 'x'.repeat(10 * KILOBYTE))).status).toBe(201);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  const onOwnDisk = mayMount ? it : it.skip;

  /** A server on a disk of 2 MB that only it sees; others reach it through the process. */
  const startOnOwnDisk = async (): Promise<{ mounted: FileServerProcess; inside: string }> => {
    const mounted = await FileServerProcess.start(dir, {
      wrapper: ['unshare', '-rm'],
      prepare: `mount -t tmpfs -o size=2m none '${dir}'`,
    });
    server = mounted;
    return { mounted, inside: `/proc/${mounted.pid}/root${dir}` };
  };

  onOwnDisk('takes files again when it has space again', async () => {
    const { mounted, inside } = await startOnOwnDisk();
    const content = 'x'.repeat(100 * KILOBYTE);
    const outcomes: (string | undefined)[] = [];
    for (let n = 0; n < 30; n += 1) outcomes.push((await outcomeOf(await mounted.write(`day/${n}`, content)))[1]);
    const stored = outcomes.filter((code) => code === undefined).length;
    expect(stored).toBeGreaterThan(10);
    expect(outcomes.slice(stored)).toEqual(Array(30 - stored).fill('storage_full'));
    expect(await readdir(join(inside, '.unfinished'))).toEqual([]);
    expect(await readdir(join(inside, 'day'))).toHaveLength(stored);
    for (let n = 0; n < stored; n += 1) expect((await stat(join(inside, `day/${n}`))).size).toBe(content.length);
    await unlink(join(inside, 'day/0'));
    expect((await mounted.write('day/again', content)).status).toBe(201);
  });

  onOwnDisk('is still read while it is read-only, and written when it no longer is', async () => {
    const { mounted } = await startOnOwnDisk();
    const remount = (how: string): void => {
      const enter = ['-t', String(mounted.pid), '-U', '-m', '--preserve-credentials'];
      expect(spawnSync('nsenter', [...enter, 'mount', '-o', `remount,${how}`, dir]).status).toBe(0);
    };
    expect((await mounted.write('day/a', 'a')).status).toBe(201);
    remount('ro');
    expect(await outcomeOf(await mounted.write('day/b', 'b'))).toEqual([503, 'unavailable']);
    expect(await outcomeOf(await mounted.write('day/a', 'a', 'async'))).toEqual([503, 'unavailable']);
    expect(await (await mounted.read('day/a')).text()).toBe('a');
    const ready = await fetch(`${mounted.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('EROFS')]);
    remount('rw');
    expect((await mounted.write('day/b', 'b')).status).toBe(201);
    expect((await fetch(`${mounted.url}/readyz`)).status).toBe(200);
  });
});

describe('a disk with less free space than must stay free', () => {
  let server: TestServer;
  beforeAll(async () => {
    const { blocks, bsize } = await statfs(tmpdir());
    server = await startTestServer({ minFreeBytes: 2 * blocks * bsize });
  });
  afterAll(() => server.stop());

  it('is not written, and says so', async () => {
    expect(await outcomeOf(await server.write('day/a', 'a', 'sync'))).toEqual([507, 'storage_full']);
    expect(await readdir(server.base)).toEqual(['.unfinished']);
    expect(await readdir(join(server.base, '.unfinished'))).toEqual([]);
    const ready = await fetch(`${server.app.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringMatching(/Only \d+ bytes are free/)]);
    expect((await fetch(`${server.app.url}/livez`)).status).toBe(200);
    expect((await server.get('/v1/files')).status).toBe(200);
    expect(await metricOf(server.app.url, 'file_server_free_bytes')).toBeGreaterThan(0);
  });
});
