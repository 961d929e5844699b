import { gzipSync } from 'node:zlib';
import { SallyportError } from '@sallyport/dialects';
import type { HttpRequest } from '@sallyport/providers';
import { ScriptedUpstream, until } from '@sallyport/testing';
import { UndiciHttpClient } from './undici-http-client';

describe(UndiciHttpClient.name, () => {
  let upstream: ScriptedUpstream;
  const client = new UndiciHttpClient();
  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
  });
  afterAll(async () => {
    await upstream.close();
    await client.close();
  });

  const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({
    method: 'POST',
    url: `${upstream.url}/path?x=1`,
    headers: { 'x-a': 'b' },
    body: Buffer.from('hello'),
    signal: new AbortController().signal,
    firstByteTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    ...more,
  });
  const read = async (more: Partial<HttpRequest> = {}): Promise<string> => {
    const { body } = await client.send(request(more));
    const chunks = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('sends the call as it is and hands back the reply as it arrives', async () => {
    upstream.script(() => ({ status: 207, headers: { 'x-list': ['1', '2'] }, chunks: ['a', 'b'] }));
    const reply = await client.send(request());
    expect([reply.status, reply.headers['x-list']]).toEqual([207, ['1', '2']]);
    expect(upstream.requests.at(-1)).toMatchObject({ method: 'POST', path: '/path?x=1', body: Buffer.from('hello') });
    for await (const chunk of reply.body) expect(Buffer.from(chunk).toString()).toMatch(/^[ab]+$/);
  });

  it('calls a connection that breaks before or inside the reply a failure of the upstream', async () => {
    upstream.script(() => ({ fault: 'reset' }));
    await expect(read()).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    upstream.script(() => ({ chunks: ['partial'], fault: 'reset' }));
    await expect(read()).rejects.toMatchObject({ code: 'upstream_interrupted', retryable: true });
  });

  it('calls a silent upstream late', async () => {
    upstream.script(() => new Promise<never>(() => undefined));
    await expect(read({ firstByteTimeoutMs: 50 })).rejects.toMatchObject({ code: 'deadline_exceeded' });
    upstream.script(() => ({ chunks: ['partial'], fault: 'stall' }));
    await expect(read({ idleTimeoutMs: 50 })).rejects.toMatchObject({ code: 'deadline_exceeded' });
  });

  it('unpacks a reply that is compressed although nobody asked', async () => {
    const body = gzipSync('hello');
    upstream.script(() => ({ status: 400, headers: { 'content-encoding': 'gzip' }, body }));
    expect(await read()).toBe('hello');
  });

  it('cannot reach what does not listen', async () => {
    await expect(read({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'upstream_failed' });
  });

  it('ends with the reason of whoever aborts, and closes the connection', async () => {
    upstream.script(() => ({ chunks: ['partial'], fault: 'stall' }));
    const abort = new AbortController();
    const { body } = await client.send(request({ signal: abort.signal }));
    const reason = new SallyportError('deadline_exceeded', 'enough');
    const reading = (async () => {
      for await (const _ of body) abort.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    await until(() => upstream.requests.at(-1)?.aborted === true);
  });
});
