import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './file-server.harness';

interface Page {
  files: { path: string }[];
  next_cursor: string | null;
}

describe('lists of files', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.stop());

  const put = async (folder: string, names: readonly string[]): Promise<void> => {
    await mkdir(join(server.base, folder), { recursive: true });
    for (const name of names) await writeFile(join(server.base, folder, name), '');
  };
  const page = async (query: string): Promise<Page> => (await (await server.get(`/v1/files?${query}`)).json()) as Page;
  const walk = async (query: string, eachPage?: (number: number) => Promise<void>): Promise<string[]> => {
    const paths: string[] = [];
    let cursor: string | null = '';
    for (let number = 0; cursor !== null; number += 1) {
      const { files, next_cursor } = await page(query + (cursor && `&cursor=${cursor}`));
      paths.push(...files.map(({ path }) => path));
      cursor = next_cursor;
      await eachPage?.(number);
    }
    return paths;
  };

  it.each([
    ['date=2026-11-21', ['2026-11-21/a', '2026-11-21/b/c']],
    ['date=2026-11-21&prefix=llm/', ['llm/2026-11-21/a']],
    ['date=2026-11-21&prefix=llm-', ['llm-2026-11-21/a']],
    ['date=2026-11-22', []],
    ['date=2026-11-21&prefix=llm', []],
  ])('hold with %s what lies in the folder of that day', async (query, expected) => {
    for (const folder of ['2026-11-21', '2026-11-20', 'llm/2026-11-21', 'llm-2026-11-21']) await put(folder, ['a']);
    await put('2026-11-21/b', ['c']);
    expect(await walk(query)).toEqual(expected);
  });

  it.each(['date=', 'date=today', 'date=2026-02-30', 'date=2026-1-1', 'date=../x', 'date=2026-11-21/'])(
    'are refused with %s',
    async (query) => {
      const reply = await server.get(`/v1/files?${query}`);
      const { error } = (await reply.json()) as { error: { param: string } };
      expect([reply.status, error.param]).toEqual([422, 'date']);
    },
  );

  it.each([':a', '1:', '1:a/../b', '1:/etc', 'a', '!:a', '1:.unfinished/x'])('are refused after %j', async (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    expect((await server.get(`/v1/files?cursor=${cursor}`)).status).toBe(422);
  });

  it.each([1, 7, 64, 65, 1000])('are whole and in order in pages of %i', async (limit) => {
    const names = Array.from({ length: 150 }, (_, n) => `f${n}`);
    await put('a', names);
    await put('a/f10.d', ['x', 'y']);
    await put('a-', ['x']);
    await put('a.b', ['x']);
    await symlink(join(server.base, 'a'), join(server.base, 'a/link'));
    const expected = [...names.map((name) => `a/${name}`), 'a/f10.d/x', 'a/f10.d/y', 'a-/x', 'a.b/x'].sort();
    expect(await walk(`limit=${limit}`)).toEqual(expected);
    expect(await walk(`limit=${limit}&prefix=a/f1`)).toEqual(expected.filter((path) => path.startsWith('a/f1')));
    expect(await walk(`limit=${limit}&prefix=a/f10.d/`)).toEqual(['a/f10.d/x', 'a/f10.d/y']);
  });

  it('hold whatever was there in a large folder when they began', async () => {
    const names = Array.from({ length: 2_500 }, (_, n) => `f${String(n).padStart(4, '0')}`);
    await put('2026-11-21', names);
    const all = names.map((name) => `2026-11-21/${name}`);
    const first = await walk('limit=1000', async (number) => {
      if (number === 0) await put('2026-11-21', ['z-later']);
    });
    // The folder is read again for the later pages of a slow walk.
    expect(first.filter((path) => !path.endsWith('/z-later'))).toEqual(all);
    expect(await walk('limit=1000')).toEqual([...all, '2026-11-21/z-later']);
  });

  it('leave out what is no file any more since the folder was read', async () => {
    await put(
      'day',
      Array.from({ length: 1_500 }, (_, n) => `f${String(n).padStart(4, '0')}`),
    );
    const { next_cursor } = await page('limit=1000');
    for (const name of ['f1200', 'f1201']) await rm(join(server.base, 'day', name));
    await symlink(join(server.base, 'day/f0000'), join(server.base, 'day/f1201'));
    const { files } = await page(`limit=1000&cursor=${next_cursor}`);
    expect([files.length, files.some(({ path }) => /f120[01]$/.test(path))]).toEqual([498, false]);
    await rm(join(server.base, 'day'), { recursive: true });
    expect((await page(`limit=1000&cursor=${next_cursor}`)).files).toEqual([]);
  });
});
