import { Secret } from '@sallyport/config';
import { freePort, ScriptedUpstream } from '@sallyport/testing';
import { FileServerWriter } from './file-server-writer';

const entry = {
  callId: 'call-1',
  date: '2026-11-21',
  name: 'chatcmpl-1',
  json: '{"big":12345678901234567890,"text":"\\u0000 é \\" "}',
};

describe(FileServerWriter.name, () => {
  let server: ScriptedUpstream;
  let writer: FileServerWriter;
  const connect = (url: string, timeoutMs = 60_000): FileServerWriter =>
    new FileServerWriter({ url, token: new Secret('token-1'), pathPrefix: 'logs/', mode: 'sync', timeoutMs });

  beforeEach(async () => {
    server = await ScriptedUpstream.start();
    writer = connect(server.url);
  });
  afterEach(async () => {
    await writer.close();
    await server.close();
  });

  it('sends the record byte for byte, with path, mode and key', async () => {
    server.script(() => ({ status: 201 }));
    expect(await writer.write(entry)).toBe('written');
    const [request] = server.requests;
    expect(request?.path).toBe('/v1/files');
    expect(request?.headers).toMatchObject({ authorization: 'Bearer token-1', 'content-type': 'application/json' });
    expect(request?.body.toString('utf8')).toBe(
      `{"path":"logs/2026-11-21/chatcmpl-1.json","mode":"sync","content":${entry.json}}`,
    );
  });

  it.each([
    [201, undefined, 'written'],
    [202, { created: true }, 'written'],
    [201, { created: false }, 'present'],
  ])('takes %i with %j as %s', async (status, body, outcome) => {
    server.script(() => ({ status, body }));
    expect(await writer.write(entry)).toBe(outcome);
  });

  it.each([
    [{ created: true }, 'written_beside'],
    [{ created: false }, 'present'],
  ])('puts the call id into the name when the path is taken (then %j)', async (body, outcome) => {
    server.script((request) =>
      request.body.includes('chatcmpl-1.call-1.json') ? { status: 201, body } : { status: 409 },
    );
    expect(await writer.write(entry)).toBe(outcome);
    expect(server.requests).toHaveLength(2);
  });

  it.each([400, 409, 413, 415, 422])('gives a record up at %i', async (status) => {
    server.script(() => ({ status }));
    await expect(writer.write(entry)).rejects.toMatchObject({ code: 'upstream_failed', retryable: false });
  });

  it.each([301, 401, 403, 404, 408, 429, 500, 502, 503, 507])('tries again after %i', async (status) => {
    server.script(() => ({ status }));
    await expect(writer.write(entry)).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it('tries again after silence, a broken connection and a refused one', async () => {
    const hasty = connect(server.url, 100);
    server.script(() => new Promise(() => undefined));
    await expect(hasty.write(entry)).rejects.toMatchObject({ retryable: true });
    await hasty.close();
    server.script(() => ({ fault: 'reset' }));
    await expect(writer.write(entry)).rejects.toMatchObject({ retryable: true });
    const nobody = connect(`http://127.0.0.1:${await freePort()}`);
    await expect(nobody.write(entry)).rejects.toMatchObject({ retryable: true });
    await nobody.close();
  });
});
