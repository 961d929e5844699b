import { spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@sallyport/testing';
import { startTestServer, type TestServer } from './file-server.harness';
import { metricOf } from './observe';

const CONFLICTS = 'file_server_writes_total{mode="sync",outcome="conflict"}';

/** Paths that try to leave the base folder, or to reach what is not theirs inside it. */
const ATTACKS = [
  '..',
  '../outside.txt',
  'a/../../outside.txt',
  'a/..',
  './a',
  'a/./b',
  '/etc/passwd',
  '//etc/passwd',
  'a//b',
  'a/',
  '',
  '..\\outside.txt',
  'a\\..\\..\\outside.txt',
  'C:\\outside.txt',
  '%2e%2e/outside.txt',
  '%2e%2e%2foutside.txt',
  '%252e%252e%252foutside.txt',
  '..%2foutside.txt',
  'a\0.json',
  '\0',
  'a\nb',
  'a\x7fb',
  '\ud800',
  'x'.repeat(256),
  'é'.repeat(128),
  `${'d/'.repeat(600)}f`,
  `${`${'é'.repeat(100)}/`.repeat(6)}f`,
  '.unfinished/x',
  '.unfinished',
  '.UNFINISHED/x',
];

/** Request targets, sent byte for byte. */
const TARGETS = [
  '/v1/files/../outside.txt',
  '/v1/files/../../outside.txt',
  '/v1/files/..%2foutside.txt',
  '/v1/files/%2e%2e/outside.txt',
  '/v1/files/%2e%2e%2foutside.txt',
  '/v1/files/%2E%2E%2Foutside.txt',
  '/v1/files/%252e%252e%252foutside.txt',
  '/v1/files/..%5coutside.txt',
  '/v1/files/..\\outside.txt',
  '/v1/files/a/%2e%2e/%2e%2e/outside.txt',
  '/v1/files//etc/passwd',
  '/v1/files/%2fetc%2fpasswd',
  '/v1/files/outside.txt%00.json',
  '/v1/files/%c0%ae%c0%ae/outside.txt',
  '/v1/files/%ff',
  '/v1/files/%',
  '/v1/files/.unfinished/half.json',
  '/v1/files/%2eunfinished/half.json',
  '/v1/files/link.txt',
  '/v1/files/linked/outside.txt',
  '/v1/files/linked/../outside.txt',
  '/v1/../v1/files/../outside.txt',
  '/v1/files;/../outside.txt',
];

describe('paths that attack the file server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await writeFile(join(server.outside, 'outside.txt'), 'not yours');
    await writeFile(join(server.base, '.unfinished', 'half.json'), 'not yours either');
    await symlink(join(server.outside, 'outside.txt'), join(server.base, 'link.txt'));
    await symlink(server.outside, join(server.base, 'linked'));
    await symlink(join(server.outside, 'nowhere.txt'), join(server.base, 'dangling.txt'));
    await mkdir(join(server.base, 'a'));
  });
  afterAll(() => server.stop());

  it.each(ATTACKS)('refuses to write %j', async (path) => {
    const reply = await server.write(path, 'attack', 'sync');
    const { error } = (await reply.json()) as { error: { param: string } };
    expect([reply.status, error.param]).toEqual([422, 'path']);
  });

  it.each([
    ['a file behind a linked folder', 'linked/new.txt', 422],
    ['a folder behind a linked folder', 'linked/new/new.txt', 422],
    ['a linked file', 'link.txt', 409],
    ['a link that leads nowhere', 'dangling.txt', 409],
  ])('does not write %s', async (_what, path, status) => {
    expect((await server.write(path, 'attack')).status).toBe(status);
  });

  it.each(TARGETS)('reads nothing at %s', async (target) => {
    const { status, body } = await server.raw(target);
    expect([400, 404, 422]).toContain(status);
    expect(body).not.toContain('yours');
    expect(body).not.toContain('root:');
  });

  it('does not wait at a pipe for somebody to write', async () => {
    const pipe = join(server.base, 'a/pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const asked = Promise.all([server.get('/v1/files/a/pipe'), server.write('a/pipe', 'attack', 'sync')]);
    try {
      await until(async () => (await metricOf(server.app.url, CONFLICTS)) === 1);
    } finally {
      // Lets go who waits after all.
      await (await open(pipe, constants.O_RDWR | constants.O_NONBLOCK)).close();
    }
    expect((await asked).map(({ status }) => status)).toEqual([404, 409]);
    await rm(pipe);
  });

  it('lists neither links nor what is unfinished', async () => {
    expect(await (await server.get('/v1/files')).json()).toEqual({ files: [], next_cursor: null });
  });

  it('has written nothing, inside or outside', async () => {
    expect((await readdir(server.outside)).sort()).toEqual(['base', 'outside.txt']);
    const entries = ['.unfinished', 'a', 'dangling.txt', 'link.txt', 'linked'];
    expect((await readdir(server.base)).sort()).toEqual(entries);
    expect(await readdir(join(server.base, '.unfinished'))).toEqual(['half.json']);
  });
});
