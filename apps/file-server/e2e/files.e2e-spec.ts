import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '@sallyport/config';
import { startTestServer, type TestOptions, type TestServer } from './file-server.harness';

interface Page {
  files: { path: string; bytes: number; modified_at: string }[];
  next_cursor: string | null;
}

describe('the file server', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.stop());

  const stored = (path: string): Promise<string> => readFile(join(server.base, path), 'utf8');
  const codeOf = async (reply: Response): Promise<[number, string]> => {
    const { error } = (await reply.json()) as { error: { code: string } };
    return [reply.status, error.code];
  };

  it.each([
    ['sync', 201],
    ['async', 202],
    [undefined, 202],
  ])('stores a file in mode %s and answers %i', async (mode, status) => {
    const reply = await server.write('2026-11-21/a.json', { hello: 'wörld' }, mode);
    expect([reply.status, await reply.json()]).toEqual([
      status,
      { path: '2026-11-21/a.json', bytes: 18, mode: mode ?? 'async', created: true },
    ]);
    expect(await stored('2026-11-21/a.json')).toBe('{"hello":"wörld"}');
    const read = await server.get('/v1/files/2026-11-21/a.json');
    expect([read.headers.get('content-type'), await read.text()]).toEqual([
      'application/json; charset=utf-8',
      '{"hello":"wörld"}',
    ]);
  });

  it('stores JSON exactly as it was sent', async () => {
    const content = '{ "z":1, "a":12345678901234567890, "e":1.0e-7, "u":"\\u00e9\\ud800" }';
    await server.post(`{"content":"first","path":"a.json","content": ${content} ,"mode":"sync"}`);
    expect(await stored('a.json')).toBe(content);
  });

  it.each([
    ['a text as its own text', 'line 1\nline "2" é', 'line 1\nline "2" é'],
    ['an empty text', '', ''],
    ['an array', [1, [2]], '[1,[2]]'],
    ['null', null, 'null'],
    ['a number', 0, '0'],
    ['a deep value', JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)), '['.repeat(1_000) + ']'.repeat(1_000)],
  ])('stores %s', async (_what, content, expected) => {
    expect((await server.write('value', content, 'sync')).status).toBe(201);
    expect(await (await server.get('/v1/files/value')).text()).toBe(expected);
  });

  it('changes nothing when the same content is sent again, in either mode', async () => {
    await server.write('a.json', { n: 1 }, 'async');
    const again = await server.write('a.json', { n: 1 }, 'sync');
    expect([again.status, await again.json()]).toEqual([201, expect.objectContaining({ created: false })]);
  });

  it('never replaces a file', async () => {
    await server.write('a.json', { n: 1 });
    expect(await codeOf(await server.write('a.json', { n: 2 }))).toEqual([409, 'conflict']);
    expect(await codeOf(await server.write('a.json', { n: 12 }))).toEqual([409, 'conflict']);
    expect(await codeOf(await server.write('a.json/b.json', {}))).toEqual([409, 'conflict']);
    await server.write('folder/b.json', {});
    expect(await codeOf(await server.write('folder', {}))).toEqual([409, 'conflict']);
    expect(await stored('a.json')).toBe('{"n":1}');
  });

  it('lets exactly one of many writers of a path win', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => server.write('one/two/a.json', { n })));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(19).fill(409)]);
    const winner = replies.findIndex(({ status }) => status === 202);
    expect(await stored('one/two/a.json')).toBe(`{"n":${winner}}`);
    expect(await readdir(join(server.base, '.unfinished'))).toEqual([]);
  });

  it('never shows half a file', async () => {
    const whole = 'x'.repeat(500_000);
    const seen = new Set<number>();
    let done = false;
    const watch = async (): Promise<void> => {
      while (!done) seen.add((await stored('half/a.txt').catch(() => whole)).length);
    };
    const watching = watch();
    try {
      for (const mode of ['async', 'sync']) await server.write('half/a.txt', whole, mode);
    } finally {
      done = true;
    }
    await watching;
    expect([...seen]).toEqual([whole.length]);
  });

  it('asks for the key', async () => {
    const { url } = server.app;
    expect(await codeOf(await fetch(`${url}/v1/files`))).toEqual([401, 'missing_key']);
    const headers = { authorization: 'Bearer wrong' };
    expect(await codeOf(await fetch(`${url}/v1/files/a.json`, { headers }))).toEqual([401, 'wrong_key']);
  });

  it.each([
    ['no path', '{"content":{}}', 422, 'path'],
    ['a path that is no text', '{"path":1,"content":{}}', 422, 'path'],
    ['no content', '{"path":"a"}', 422, 'content'],
    ['an unknown mode', '{"path":"a","content":{},"mode":"later"}', 422, 'mode'],
    ['a body that is no object', '[]', 422, null],
    ['malformed JSON', '{"path":', 422, null],
    [
      'content that nests too deep',
      `{"path":"a","content":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      422,
      'content',
    ],
  ])('refuses %s', async (_what, body, status, param) => {
    const reply = await server.post(body);
    const { error } = (await reply.json()) as { error: { param: string | null } };
    expect([reply.status, error.param]).toEqual([status, param]);
  });

  it('answers 404 for what is no file', async () => {
    await server.write('folder/a.json', {});
    for (const path of ['nothing.json', 'folder', 'folder/a.json/b', 'folder/b.json']) {
      expect(await codeOf(await server.get(`/v1/files/${path}`))).toEqual([404, 'not_found']);
    }
  });

  it('lists files page by page in the order of their paths', async () => {
    const paths = ['a.txt', 'a/b/c', 'a/b.json', 'a/z', 'ab', 'b/1', '2026-11-20/x', '2026-11-21/y', '2026-11-21/z'];
    for (const path of paths) await server.write(path, 'x');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const reply = await server.get(`/v1/files?limit=2${cursor && `&cursor=${cursor}`}`);
      const page = (await reply.json()) as Page;
      expect(page.files.length).toBeLessThanOrEqual(2);
      seen.push(...page.files.map(({ path }) => path));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([...paths].sort());
  });

  it.each([
    ['2026-11-21/', ['2026-11-21/y', '2026-11-21/z']],
    ['2026-11-2', ['2026-11-20/x', '2026-11-21/y', '2026-11-21/z']],
    ['2026-11-21/y', ['2026-11-21/y']],
    ['none', []],
    ['2026-11-21/y/', []],
  ])('lists what begins with %s', async (prefix, expected) => {
    for (const path of ['2026-11-20/x', '2026-11-21/y', '2026-11-21/z', 'other']) await server.write(path, 'x');
    const page = (await (await server.get(`/v1/files?prefix=${prefix}`)).json()) as Page;
    expect(page.files.map(({ path }) => path)).toEqual(expected);
    expect(page.next_cursor).toBeNull();
  });

  it('tells size and time of listed files', async () => {
    await server.write('a', 'four');
    await utimes(join(server.base, 'a'), 1_000, 1_000);
    const page = (await (await server.get('/v1/files')).json()) as Page;
    expect(page.files).toEqual([{ path: 'a', bytes: 4, modified_at: '1970-01-01T00:16:40.000Z' }]);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'prefix=../', 'prefix=/etc', 'prefix=a//b', 'cursor=Li4v', 'cursor='])(
    'refuses to list with %s',
    async (query) => expect((await server.get(`/v1/files?${query}`)).status).toBe(422),
  );

  it('serves probes, metrics and docs', async () => {
    await server.write('a', 'four');
    await server.write('a', 'four');
    await server.write('a', 'other');
    expect((await fetch(`${server.app.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.app.url}/readyz`)).status).toBe(200);
    expect((await server.get('/v1/files')).status).toBe(200);
    const metrics = await (await fetch(`${server.app.url}/metrics`)).text();
    expect(metrics).toContain('file_server_writes_total{mode="async",outcome="created"} 1');
    expect(metrics).toContain('file_server_writes_total{mode="async",outcome="present"} 1');
    expect(metrics).toContain('file_server_writes_total{mode="async",outcome="conflict"} 1');
    expect(metrics).toContain('file_server_written_bytes_total 4');
    expect(metrics).toContain('file_server_list_duration_seconds_count 1');
    const document = (await (await fetch(`${server.app.url}/docs-json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toContain('/v1/files');
  });
});

describe('limits of the file server', () => {
  const servers: TestServer[] = [];
  const start = async (options?: TestOptions): Promise<TestServer> => {
    const server = await startTestServer(options);
    servers.unshift(server);
    return server;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  it('refuses a body over the limit', async () => {
    const server = await start({ maxBodyBytes: 1_000 });
    expect((await server.write('a', 'x'.repeat(2_000))).status).toBe(413);
  });

  it('does not start on a folder that cannot be made', async () => {
    await expect(startTestServer({ base: '/dev/null/files' })).rejects.toThrow(ConfigurationError);
  });

  it('starts with a base folder that is a link, and clears away what a crash left long ago', async () => {
    const first = await start();
    const target = join(first.outside, 'target');
    await mkdir(join(target, '.unfinished'), { recursive: true });
    await writeFile(join(target, '.unfinished', 'old'), 'half');
    await writeFile(join(target, '.unfinished', 'new'), 'half');
    await utimes(join(target, '.unfinished', 'old'), 1_000, 1_000);
    await symlink(target, join(first.outside, 'linked'));
    const second = await start({ base: join(first.outside, 'linked') });
    expect((await second.write('a', 'x', 'sync')).status).toBe(201);
    expect(await readdir(join(target, '.unfinished'))).toEqual(['new']);
  });
});
