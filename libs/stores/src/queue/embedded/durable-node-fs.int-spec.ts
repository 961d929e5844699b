import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from './embedded-postgres';
import { DurableNodeFs } from './durable-node-fs';
import { THREAD_FILE } from './embedded-queue-backend';

describe(DurableNodeFs.name, () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-durable-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('gives the file system of Emscripten an fsync that reaches the file', async () => {
    const { emscriptenOpts } = await new DurableNodeFs(dir).init({} as never, { preRun: [] });
    const streams: { fsync?: (stream: { nfd: number }) => number } = {};
    const install = (emscriptenOpts.preRun as ((module: unknown) => void)[]).at(-1);
    install?.({ NODEFS: { stream_ops: streams } });
    const nfd = openSync(join(dir, 'file'), 'w');
    expect(streams.fsync?.({ nfd })).toBe(0);
    closeSync(nfd);
    expect(() => streams.fsync?.({ nfd })).toThrow('EBADF');
  });

  it('is used: the database syncs each commit by the one method that is wired up', async () => {
    const postgres = new EmbeddedPostgres(dir, THREAD_FILE);
    const shown: unknown[] = [];
    for (const setting of ['fsync', 'synchronous_commit', 'wal_sync_method', 'full_page_writes']) {
      shown.push(...(await postgres.query(`SHOW ${setting}`)).rows);
    }
    await postgres.close();
    expect(shown).toEqual([
      { fsync: 'on' },
      { synchronous_commit: 'on' },
      { wal_sync_method: 'fsync' },
      { full_page_writes: 'on' },
    ]);
  });
});
