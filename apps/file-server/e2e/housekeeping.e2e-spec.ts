import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@sallyport/testing';
import { startTestServer, type TestServer } from './file-server.harness';
import { metricOf } from './observe';

describe('deleting by age', () => {
  let root: string;
  let server: TestServer | undefined;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sallyport-age-'));
    await mkdir(join(root, 'llm/2020-01-01'), { recursive: true });
    await writeFile(join(root, 'llm/2020-01-01/a.json'), 'four');
    await utimes(join(root, 'llm/2020-01-01/a.json'), 1_600_000_000, 1_600_000_000);
  });
  afterEach(async () => {
    await server?.stop();
    await rm(root, { recursive: true });
  });

  it('happens at the start and is counted', async () => {
    server = await startTestServer({ base: root, retentionDays: 30 });
    const { url } = server.app;
    await until(async () => (await metricOf(url, 'file_server_expired_files_total')) === 1);
    expect(await metricOf(url, 'file_server_expired_bytes_total')).toBe(4);
    expect(await readdir(join(root, 'llm'))).toEqual([]);
    expect((await server.write('llm/2020-01-01/late.json', {}, 'sync')).status).toBe(201);
  });

  it('is off unless it is told to', async () => {
    server = await startTestServer({ base: root });
    await server.app.close();
    expect(await readdir(join(root, 'llm'))).toEqual(['2020-01-01']);
  });
});
