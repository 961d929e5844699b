import { startTestServer, type TestServer } from './file-server.harness';

describe('parts of a file', () => {
  let server: TestServer;
  let etag: string;
  beforeAll(async () => {
    server = await startTestServer();
    await server.write('a.txt', '0123456789', 'sync');
    await server.write('empty', '', 'sync');
    etag = (await server.get('/v1/files/a.txt')).headers.get('etag') ?? '';
  });
  afterAll(() => server.stop());

  const get = (headers: Record<string, string>, path = 'a.txt', method = 'GET'): Promise<Response> =>
    server.get(`/v1/files/${path}`, { headers, method });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    [`bytes=9-${'9'.repeat(30)}`, '9', 'bytes 9-9/10'],
    ['Bytes=1-2', '12', 'bytes 1-2/10'],
  ])('sends %s', async (range, text, contentRange) => {
    const reply = await get({ range });
    expect([reply.status, await reply.text()]).toEqual([206, text]);
    expect(reply.headers.get('content-range')).toBe(contentRange);
    expect(reply.headers.get('content-length')).toBe(String(text.length));
  });

  it.each([
    ['bytes=10-', 'a.txt', 10],
    ['bytes=99-100', 'a.txt', 10],
    ['bytes=-0', 'a.txt', 10],
    ['bytes=0-', 'empty', 0],
  ])('has no %s of %s', async (range, path, size) => {
    const reply = await get({ range }, path);
    const { error } = (await reply.json()) as { error: { code: string } };
    expect([reply.status, error.code]).toEqual([416, 'invalid_request']);
    expect(reply.headers.get('content-range')).toBe(`bytes */${size}`);
  });

  it.each(['bytes=0-1,3-4', 'bytes=5-2', 'bytes=-', 'bytes=a-b', 'bytes', 'lines=0-1', 'bytes=--1', 'bytes=0x1-2'])(
    'sends the whole file for %s',
    async (range) => {
      const reply = await get({ range });
      expect([reply.status, await reply.text()]).toEqual([200, '0123456789']);
      expect(reply.headers.get('content-range')).toBeNull();
    },
  );

  it('sends the whole of an empty file when its end is asked for', async () => {
    const reply = await get({ range: 'bytes=-5' }, 'empty');
    expect([reply.status, await reply.text()]).toEqual([200, '']);
  });

  it('tells of a file without sending it, and minds no range then', async () => {
    for (const [path, length] of [
      ['a.txt', '10'],
      ['empty', '0'],
    ] as const) {
      const reply = await get({ range: 'bytes=0-1' }, path, 'HEAD');
      expect([reply.status, await reply.text()]).toEqual([200, '']);
      expect(reply.headers.get('content-length')).toBe(length);
      expect(reply.headers.get('accept-ranges')).toBe('bytes');
    }
    expect((await get({}, 'nothing', 'HEAD')).status).toBe(404);
  });

  it('sends a part only of the file that If-Range names', async () => {
    expect(etag).toMatch(/^"[\da-f]+-[\da-f]+"$/);
    expect((await get({ range: 'bytes=1-2', 'if-range': etag })).status).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Sat, 21 Nov 2026 00:00:00 GMT']) {
      const reply = await get({ range: 'bytes=1-2', 'if-range': other });
      expect([reply.status, await reply.text()]).toEqual([200, '0123456789']);
    }
  });

  it.each([
    [() => etag, 304],
    [() => `"other", W/${etag}`, 304],
    [() => '*', 304],
    [() => '"other"', 200],
  ])('sends nothing to who has the file', async (tags, status) => {
    expect((await get({ 'if-none-match': tags(), range: 'bytes=99-' })).status).toBe(status === 200 ? 416 : status);
    expect((await get({ 'if-none-match': tags() })).status).toBe(status);
  });
});
