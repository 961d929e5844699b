import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, readFileServerSettings } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { startFileServer } from '../src/index';

const TOKEN = 'file-token';
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

describe(startFileServer.name, () => {
  let root: string;
  let base: string;
  let app: RunningApp;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'sallyport-files-'));
    base = join(root, 'base');
    const variables = {
      FILE_SERVER_PORT: '0',
      FILE_SERVER_AUTH_TOKEN: TOKEN,
      FILE_SERVER_DIR: base,
      FILE_SERVER_MAX_BODY_BYTES: '100000',
      LOG_LEVEL: 'silent',
    };
    app = await startFileServer(readFileServerSettings(new Environment(variables)));
  });
  afterAll(async () => {
    await app.close();
    await rm(root, { recursive: true });
  });

  const write = (body: unknown): Promise<Response> =>
    fetch(`${app.url}/v1/files`, { method: 'POST', headers, body: JSON.stringify(body) });
  const read = (path: string): Promise<Response> => fetch(`${app.url}/v1/files/${path}`, { headers });
  const list = async (query: string): Promise<{ files: { path: string }[]; next_cursor: string | null }> =>
    (await (await fetch(`${app.url}/v1/files?${query}`, { headers })).json()) as never;

  /** Sends a path as it is: `fetch` would tidy it up first. */
  const rawStatus = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(app.url);
      const call = request({ hostname, port, path, headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      });
      call.on('error', reject).end();
    });

  it.each([
    ['sync', 201],
    ['async', 202],
    [undefined, 202],
  ])('writes in mode %s, to be read back at once', async (mode, status) => {
    const path = `llm/2026-01-31/${mode}.json`;
    const content = { text: 'Grüße 🚀', deep: [1, { a: null }] };
    expect((await write({ path, content, mode })).status).toBe(status);
    const reply = await read(path);
    expect(reply.headers.get('content-type')).toContain('application/json');
    expect(await reply.json()).toEqual(content);
  });

  it('stores a string as its own text', async () => {
    await write({ path: 'note.txt', content: 'line\n' });
    expect(await readFile(join(base, 'note.txt'), 'utf8')).toBe('line\n');
  });

  it('takes the same content again, and never replaces it by another', async () => {
    expect((await write({ path: 'once.json', content: { a: 1 } })).status).toBe(202);
    expect((await write({ path: 'once.json', content: { a: 1 }, mode: 'sync' })).status).toBe(201);
    const refused = await write({ path: 'once.json', content: { a: 2 } });
    expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'conflict', param: 'path' } }]);
    expect(await readFile(join(base, 'once.json'), 'utf8')).toBe('{"a":1}');
  });

  it('lets one of many writers win, and shows no half file to anybody', async () => {
    const content = (writer: number): string => String(writer).repeat(20_000);
    const writers = Array.from({ length: 8 }, (_, writer) => write({ path: 'race.txt', content: content(writer) }));
    const seen = new Set<string>();
    const poll = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn += 1) {
        const text = await readFile(join(base, 'race.txt'), 'utf8').catch(() => undefined);
        if (text !== undefined) seen.add(text);
      }
    };
    const [replies] = await Promise.all([Promise.all(writers), poll()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(7).fill(409)]);
    const winner = await readFile(join(base, 'race.txt'), 'utf8');
    expect([...seen].filter((text) => text !== winner)).toEqual([]);
    expect(await readdir(join(base, '.incoming'))).toEqual([]);
  });

  it.each([
    '../escape.json',
    'a/../../escape.json',
    '/etc/escape.json',
    'a//b.json',
    './a.json',
    'a/.',
    '..',
    '',
    '..\\escape.json',
    'a\u0000.json',
    'a\n.json',
    '%2e%2e/escape.json',
    '..%2fescape.json',
    '%252e%252e%252fescape.json',
    '.incoming/x',
    `${'n'.repeat(300)}.json`,
    'p/'.repeat(600) + 'x',
  ])('refuses to write %j', async (path) => {
    const reply = await write({ path, content: {} });
    expect([reply.status, await reply.json()]).toMatchObject([
      422,
      { error: { code: 'invalid_request', param: 'path' } },
    ]);
  });

  it.each([
    '/v1/files/../../../../etc/passwd',
    '/v1/files/%2e%2e/%2e%2e/secret.txt',
    '/v1/files/..%2f..%2fsecret.txt',
    '/v1/files/%252e%252e%252fsecret.txt',
    '/v1/files//etc/passwd',
    '/v1/files/..%5csecret.txt',
    '/v1/files/a%00.json',
    '/v1/files/.incoming/x',
    '/v1/files/link/secret.txt',
    '/v1/files/secret-link.txt',
  ])('does not read %s', async (path) => {
    await writeFile(join(root, 'secret.txt'), 'secret');
    await symlink(root, join(base, 'link')).catch(() => undefined);
    await symlink(join(root, 'secret.txt'), join(base, 'secret-link.txt')).catch(() => undefined);
    expect([400, 404, 422]).toContain(await rawStatus(path));
  });

  it('does not write through a link that leads out', async () => {
    await symlink(root, join(base, 'out'));
    expect((await write({ path: 'out/escape.json', content: {} })).status).toBe(422);
    expect(await readdir(root)).not.toContain('escape.json');
  });

  it('does not take a file for a folder', async () => {
    await write({ path: 'leaf', content: 'x' });
    expect((await write({ path: 'leaf/below.json', content: {} })).status).toBe(409);
  });

  it('lists by prefix, in order, page by page, and nothing that is still being written', async () => {
    const paths = ['p/a-b.json', 'p/a/1.json', 'p/a/2.json', 'p/a.json', 'p/b/c/d.json', 'q/x.json'];
    for (const path of paths) await write({ path, content: {} });
    await mkdir(join(base, '.incoming'), { recursive: true });
    await writeFile(join(base, '.incoming/half'), 'half');
    const expected = paths.filter((path) => path.startsWith('p/')).sort();
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`prefix=p/&limit=2&cursor=${encodeURIComponent(cursor)}`);
      expect(page.files.length).toBeLessThanOrEqual(2);
      found.push(...page.files.map(({ path }) => path));
      cursor = page.next_cursor;
    }
    expect(found).toEqual(expected);
    expect((await list('prefix=p/a/')).files.map(({ path }) => path)).toEqual(['p/a/1.json', 'p/a/2.json']);
    expect((await list('limit=1000')).files.map(({ path }) => path).join()).not.toContain('half');
    await rm(join(base, '.incoming/half'));
  });

  it('refuses wrong bodies, large bodies and wrong tokens', async () => {
    const param = async (body: unknown): Promise<unknown> =>
      ((await (await write(body)).json()) as { error: { param: unknown } }).error.param;
    expect(await param({ content: {} })).toBe('path');
    expect(await param({ path: 'x.json' })).toBe('content');
    expect(await param({ path: 'x.json', content: {}, mode: 'later' })).toBe('mode');
    expect((await write({ path: 'big.json', content: 'x'.repeat(200_000) })).status).toBe(413);
    const wrong = { ...headers, authorization: 'Bearer wrong' };
    expect((await fetch(`${app.url}/v1/files`, { headers: wrong })).status).toBe(401);
    expect((await fetch(`${app.url}/v1/files?limit=0`, { headers })).status).toBe(422);
    expect((await read('missing.json')).status).toBe(404);
    expect((await read('p')).status).toBe(404);
  });

  it('counts what it writes and is ready while it can', async () => {
    expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(
      /file_server_writes_total\{outcome="created"\} \d+/,
    );
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });
});
