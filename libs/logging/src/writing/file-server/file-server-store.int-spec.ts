import { Secret } from '@sallyport/config';
import { freePort, ScriptedUpstream } from '@sallyport/testing';
import type { RecordStore, WriteResult } from '../record-store.port';
import { FileServerStore } from './file-server-store';

const entry = {
  callId: 'call-1',
  date: '2026-11-21',
  name: 'chatcmpl-1',
  json: '{"big":12345678901234567890,"text":"\\u0000 é \\" "}',
};
const FIRST = 'logs/2026-11-21/chatcmpl-1.json';
const SECOND = 'logs/2026-11-21/chatcmpl-1.call-1.json';

describe(FileServerStore.name, () => {
  let server: ScriptedUpstream;
  const stores: RecordStore[] = [];
  const connect = (url = server.url, timeoutMs = 60_000): FileServerStore => {
    const token = new Secret('token-1');
    const store = new FileServerStore({
      kind: 'file-server',
      url,
      token,
      pathPrefix: 'logs/',
      mode: 'sync',
      timeoutMs,
    });
    stores.push(store);
    return store;
  };
  const write = async (store = connect()): Promise<WriteResult | undefined> => (await store.write('b-1', [entry]))[0];

  beforeEach(async () => {
    server = await ScriptedUpstream.start();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.close();
  });

  it('sends the record byte for byte, with path, mode and key', async () => {
    server.script(() => ({ status: 201 }));
    expect(await write()).toEqual({ outcome: 'written', path: FIRST });
    const [request] = server.requests;
    expect(request?.path).toBe('/v1/files');
    expect(request?.headers).toMatchObject({ authorization: 'Bearer token-1', 'content-type': 'application/json' });
    expect(request?.body.toString('utf8')).toBe(`{"path":"${FIRST}","mode":"sync","content":${entry.json}}`);
  });

  it.each([
    [201, undefined, 'written'],
    [202, { created: true }, 'written'],
    [201, { created: false }, 'present'],
  ])('takes %i with %j as %s', async (status, body, outcome) => {
    server.script(() => ({ status, body }));
    expect(await write()).toEqual({ outcome, path: FIRST });
  });

  it.each([
    [{ created: true }, 'written_beside'],
    [{ created: false }, 'present'],
  ])('puts the call id into the name when the path is taken (then %j)', async (body, outcome) => {
    server.script((request) => (request.body.includes(SECOND) ? { status: 201, body } : { status: 409 }));
    expect(await write()).toEqual({ outcome, path: SECOND });
    expect(server.requests).toHaveLength(2);
  });

  it.each([400, 409, 413, 415, 422])('gives a record up at %i', async (status) => {
    server.script(() => ({ status }));
    expect(await write()).toMatchObject({ outcome: 'refused', error: { retryable: false } });
  });

  it.each([301, 401, 403, 404, 408, 429, 500, 502, 503, 507])('tries again after %i', async (status) => {
    server.script(() => ({ status }));
    expect(await write()).toMatchObject({
      outcome: 'refused',
      error: { code: 'upstream_failed', message: expect.stringContaining(String(status)) as string, retryable: true },
    });
  });

  it('gives up one record and writes the others', async () => {
    server.script(({ body }) => ({ status: body.includes('/b.json') ? 422 : 201 }));
    const results = await connect().write('b-1', [entry, { ...entry, name: 'b' }, { ...entry, name: 'c' }]);
    expect(results).toMatchObject([{ outcome: 'written' }, { error: { retryable: false } }, { outcome: 'written' }]);
  });

  describe('at the start', () => {
    const page = { files: [{ path: 'logs/a', bytes: 1 }], next_cursor: null };
    const check = (status: number, body: unknown): Promise<void> => {
      server.script(() => ({ status, body }));
      return connect().check();
    };

    it('asks for a page with its key', async () => {
      await check(200, page);
      expect(server.requests[0]).toMatchObject({
        method: 'GET',
        path: '/v1/files?prefix=logs%2F&limit=1',
        headers: { authorization: 'Bearer token-1' },
      });
    });

    it.each([
      [401, {}, 'FILE_SERVER_AUTH_TOKEN'],
      [403, {}, 'FILE_SERVER_AUTH_TOKEN'],
      [400, {}, 'FILE_SERVER_PATH_PREFIX'],
      [404, {}, 'FILE_SERVER_URL'],
      [301, {}, 'FILE_SERVER_URL'],
      [200, '<html>', 'FILE_SERVER_URL'],
      [200, { files: 1 }, 'FILE_SERVER_URL'],
      [200, { files: [{}] }, 'FILE_SERVER_URL'],
      [200, [], 'FILE_SERVER_URL'],
    ])('names what is wrong after %i with %j: %s', async (status, body, setting) => {
      const message = expect.stringMatching(`^${setting}: `) as string;
      await expect(check(status, body)).rejects.toMatchObject({ message, retryable: false });
    });

    it.each([429, 500, 503])('says that it is only away at %i', async (status) => {
      await expect(check(status, {})).rejects.toMatchObject({ retryable: true });
    });

    it('says that nobody answers', async () => {
      const nobody = connect(`http://127.0.0.1:${await freePort()}`);
      const message = 'The file server cannot be reached (ECONNREFUSED)';
      await expect(nobody.check()).rejects.toMatchObject({ message, retryable: true });
      server.script(() => new Promise(() => undefined));
      await expect(connect(server.url, 100).check()).rejects.toMatchObject({ retryable: true });
    });
  });
});
