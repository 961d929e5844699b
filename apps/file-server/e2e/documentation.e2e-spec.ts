import { startTestServer, type TestServer } from './file-server.harness';

interface Operation {
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

/** What the document says must be what the server does. */
describe('the documentation of the file server', () => {
  let server: TestServer;
  let paths: Record<string, Record<'get' | 'post', Operation>>;
  beforeAll(async () => {
    server = await startTestServer({ maxBodyBytes: 10_000 });
    ({ paths } = (await (await fetch(`${server.app.url}/docs-json`)).json()) as { paths: typeof paths });
    await server.write('a.json', { n: 1 });
  });
  afterAll(() => server.stop());

  const documented = (path: string, method: 'get' | 'post'): Operation['responses'] =>
    paths[path]?.[method].responses ?? {};
  const send = (target: string, init: RequestInit): Promise<Response> => fetch(server.app.url + target, init);

  it.each<[string, 'get' | 'post', number, () => Promise<Response>]>([
    ['/v1/files', 'post', 201, () => server.write('b.json', 'x', 'sync')],
    ['/v1/files', 'post', 202, () => server.write('c.json', 'x')],
    ['/v1/files', 'post', 401, () => send('/v1/files', { method: 'POST' })],
    ['/v1/files', 'post', 409, () => server.write('a.json', 'x')],
    ['/v1/files', 'post', 413, () => server.write('d.json', 'x'.repeat(20_000))],
    ['/v1/files', 'post', 422, () => server.write('../d.json', 'x')],
    ['/v1/files', 'get', 200, () => server.get('/v1/files')],
    ['/v1/files', 'get', 401, () => send('/v1/files', {})],
    ['/v1/files', 'get', 422, () => server.get('/v1/files?limit=0')],
    ['/v1/files/{path}', 'get', 200, () => server.get('/v1/files/a.json')],
    ['/v1/files/{path}', 'get', 206, () => server.get('/v1/files/a.json', { headers: { range: 'bytes=0-0' } })],
    ['/v1/files/{path}', 'get', 304, () => server.get('/v1/files/a.json', { headers: { 'if-none-match': '*' } })],
    ['/v1/files/{path}', 'get', 401, () => send('/v1/files/a.json', {})],
    ['/v1/files/{path}', 'get', 404, () => server.get('/v1/files/nothing')],
    ['/v1/files/{path}', 'get', 416, () => server.get('/v1/files/a.json', { headers: { range: 'bytes=99-' } })],
    ['/v1/files/{path}', 'get', 422, () => server.get('/v1/files/a%00')],
  ])('tells of %s, %s with %i', async (path, method, status, act) => {
    const reply = await act();
    expect(reply.status).toBe(status);
    const told = documented(path, method)[status];
    expect(told?.description).not.toBe('');
    const type = reply.headers.get('content-type')?.split(';')[0];
    const types = Object.keys(told?.content ?? {});
    // An answer without a body has no type that needs telling.
    expect(types).toEqual((await reply.text()) === '' ? [] : expect.arrayContaining([type]));
  });

  it('tells of nothing else', () => {
    const statuses = [];
    for (const [path, item] of Object.entries(paths).filter(([path]) => path.startsWith('/v1/files'))) {
      for (const [method, { responses }] of Object.entries(item)) {
        statuses.push(`${method} ${path}: ${Object.keys(responses).join()}`);
      }
    }
    expect(statuses).toEqual([
      'post /v1/files: 201,202,401,409,413,415,422,503,507',
      'get /v1/files: 200,401,422,503',
      'get /v1/files/{path}: 200,206,304,401,404,416,422,503',
    ]);
  });
});
