import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { anthropicStream, openAiReply, openAiStream, until } from '@sallyport/testing';
import { MASTER_KEY, shareProxy } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const CHAT = { model: 'm', messages: [{ role: 'user', content: `write to ${MAIL}` }] };
const MESSAGE = { ...CHAT, max_tokens: 9, stream: true };

describe('forwarding', () => {
  const proxy = shareProxy({ MASKING_MAX_BODY_BYTES: '1048576' });

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(proxy().url + path, { headers: { authorization: `Bearer ${MASTER_KEY}` }, ...init });

  describe('a forwarded call', () => {
    it('keeps unknown headers and the query, and leaves out those of the connection', async () => {
      const sent = { 'anthropic-beta': 'a,b', 'x-unknown': 'kept', 'x-request-id': 'my-id', te: 'trailers' };
      const reply = await proxy().post('/v1/messages?beta=true', { ...MESSAGE, stream: false }, sent);
      expect(reply.headers.get('x-request-id')).toBe('my-id');
      const [seen] = proxy().upstream.requests;
      expect(seen?.path).toBe('/v1/messages?beta=true');
      expect(seen?.headers).toMatchObject({
        'anthropic-beta': 'a,b',
        'x-unknown': 'kept',
        'x-request-id': 'my-id',
        'accept-encoding': 'identity',
        'content-length': String(seen?.body.length),
        authorization: `Bearer ${MASTER_KEY}`,
        host: proxy().upstream.url.slice('http://'.length),
      });
      expect(seen?.headers['te']).toBeUndefined();
    });

    it('is the same with and without /v1', async () => {
      await proxy().post('/chat/completions?x=1', CHAT);
      expect(proxy().upstream.requests[0]?.path).toBe('/v1/chat/completions?x=1');
    });

    it('tells the upstream how many values of each kind were masked, whatever the client says', async () => {
      const forged = { 'x-sallyport-masked': 'email=99' };
      const content = `${MAIL} and ${MAIL}, vpc-1a2b3c4d`;
      await proxy().post('/v1/chat/completions', { ...CHAT, messages: [{ role: 'user', content }] }, forged);
      await proxy().post('/v1/chat/completions', { ...CHAT, messages: [{ role: 'user', content: 'hello' }] }, forged);
      await get('/v1/models', { headers: { authorization: `Bearer ${MASTER_KEY}`, ...forged } });
      const told = proxy().upstream.requests.map(({ headers }) => headers['x-sallyport-masked']);
      expect(told).toEqual(['email=2,aws-resource-id=1', undefined, undefined]);
    });

    it('names nobody in its headers, but for the key', async () => {
      const headers = { 'x-openwebui-user-email': MAIL, 'x-forwarded-for': '10.20.30.40', 'x-unknown': 'v1.2 (a; b)' };
      await proxy().post('/v1/chat/completions', CHAT, headers);
      expect(proxy().upstream.requests[0]?.headers).toMatchObject({
        'x-openwebui-user-email': expect.stringMatching(/^MSKMAIL\w{13}$/) as string,
        'x-forwarded-for': expect.stringMatching(/^MSKIPAD\w{13}$/) as string,
        'x-unknown': 'v1.2 (a; b)',
        authorization: `Bearer ${MASTER_KEY}`,
      });
    });

    it('carries the upstream key instead of the client’s when one is set', async () => {
      const keyed = await proxy().with({ MASKING_UPSTREAM_API_KEY: 'sk-upstream' });
      await keyed.post('/v1/chat/completions', CHAT, { 'api-key': MASTER_KEY });
      await keyed.post('/v1/messages', { ...MESSAGE, stream: false }, { 'anthropic-version': '2023-06-01' });
      const [chat, message] = proxy().upstream.requests;
      expect([chat?.headers.authorization, chat?.headers['api-key']]).toEqual(['Bearer sk-upstream', undefined]);
      expect([message?.headers.authorization, message?.headers['x-api-key']]).toEqual([undefined, 'sk-upstream']);
    });

    it('returns status, headers and body of the upstream', async () => {
      proxy().upstream.script(() => ({
        status: 429,
        headers: { 'retry-after': '7', 'x-own': 'y' },
        body: { error: {} },
      }));
      const reply = await proxy().post('/v1/chat/completions', CHAT);
      expect([reply.status, reply.headers.get('retry-after'), reply.headers.get('x-own')]).toEqual([429, '7', 'y']);
      expect(await reply.text()).toBe('{"error":{}}');
    });

    it('has no length of the masked reply when it is restored', async () => {
      proxy().upstream.script(({ body }) => ({ body: openAiReply(/MSKMAIL\w{13}/.exec(body.toString())?.[0] ?? '') }));
      const reply = await proxy().post('/v1/chat/completions', CHAT);
      const text = await reply.text();
      expect(text).toContain(MAIL);
      expect(reply.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    });

    it('passes a GET and a HEAD as they are', async () => {
      proxy().upstream.script(({ method }) => ({
        headers: { 'x-method': method },
        body: method === 'HEAD' ? '' : 'bytes',
      }));
      expect(await (await get('/v1/models?limit=2')).text()).toBe('bytes');
      expect((await get('/api/hello', { method: 'HEAD' })).headers.get('x-method')).toBe('HEAD');
      expect(proxy().upstream.requests.map(({ method, path }) => [method, path])).toEqual([
        ['GET', '/v1/models?limit=2'],
        ['HEAD', '/api/hello'],
      ]);
    });

    it('cannot be sent to another host by its path', async () => {
      const { port } = new URL(proxy().url);
      for (const path of ['http://other.example/v1/models', '//other.example/v1/models', '/v1/../models']) {
        const status = await new Promise((resolve, reject) => {
          const headers = { authorization: `Bearer ${MASTER_KEY}` };
          httpRequest({ host: '127.0.0.1', port, path, headers }, (reply) => resolve(reply.resume().statusCode))
            .on('error', reject)
            .end();
        });
        expect([200, 400, 404]).toContain(status);
      }
      for (const { headers } of proxy().upstream.requests) expect(headers.host).toBe(proxy().upstream.url.slice(7));
    });
  });

  describe('an upstream that fails', () => {
    it('is told as 502 when it sends nothing', async () => {
      proxy().upstream.script(() => ({ fault: 'reset' }));
      expect((await proxy().post('/v1/chat/completions', CHAT)).status).toBe(502);
    });

    it('is told as 504 when it stays silent', async () => {
      const hasty = await proxy().with({ MASKING_REQUEST_TIMEOUT_SECONDS: '0.2' });
      proxy().upstream.script(() => new Promise(() => undefined));
      expect((await hasty.post('/v1/chat/completions', CHAT)).status).toBe(504);
    });

    it.each([
      ['/v1/messages', anthropicStream(['one ', 'two ']), 'event: error'],
      ['/v1/chat/completions', openAiStream(['one ', 'two ']), '"error":{'],
    ])('ends a stream of %s with an error event when it breaks off', async (path, events, expected) => {
      proxy().upstream.script(() => ({ chunks: events.slice(0, 4), fault: 'reset' }));
      const text = await (await proxy().post(path, MESSAGE)).text();
      expect(text).toContain('one ');
      expect(text.slice(text.indexOf(expected))).toContain(expected);
    });

    it('is unpacked when it compresses what must be restored, and told as 502 when that cannot be done', async () => {
      proxy().upstream.script(() => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{}') }));
      expect(await (await proxy().post('/v1/chat/completions', CHAT)).text()).toBe('{}');
      proxy().upstream.script(() => ({ headers: { 'content-encoding': 'rot13' }, body: '{}' }));
      expect((await proxy().post('/v1/chat/completions', CHAT)).status).toBe(502);
    });
  });

  describe('a stream', () => {
    it('arrives as it is produced, and its upstream is told when the client leaves', async () => {
      proxy().upstream.script(() => ({ chunks: anthropicStream(['one ']).slice(0, 4), fault: 'stall' }));
      const abort = new AbortController();
      const reply = await fetch(`${proxy().url}/v1/messages`, {
        method: 'POST',
        body: JSON.stringify(MESSAGE),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${MASTER_KEY}` },
        signal: abort.signal,
      });
      const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      while (!text.includes('one ')) text += Buffer.from((await reader.read()).value ?? []).toString();
      expect(proxy().upstream.requests[0]?.aborted).toBe(false);
      abort.abort();
      await until(() => proxy().upstream.requests[0]?.aborted === true);
    });

    it('is given up when the client leaves before the first byte', async () => {
      proxy().upstream.script(() => new Promise(() => undefined));
      const abort = new AbortController();
      const call = fetch(`${proxy().url}/v1/messages`, {
        method: 'POST',
        body: JSON.stringify(MESSAGE),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${MASTER_KEY}` },
        signal: abort.signal,
      });
      await until(() => proxy().upstream.requests.length === 1);
      abort.abort();
      await expect(call).rejects.toThrow();
      await until(() => proxy().upstream.requests[0]?.aborted === true);
    });
  });
});
