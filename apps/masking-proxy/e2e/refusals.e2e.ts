import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { MASTER_KEY, shareProxy } from './proxy-harness';

const MAIL = 'jane.doe@example.com';
const CHAT = { model: 'm', messages: [{ role: 'user', content: `write to ${MAIL}` }] };

describe('refusals', () => {
  const proxy = shareProxy({ MASKING_MAX_BODY_BYTES: '1048576' });

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(proxy().url + path, { headers: { authorization: `Bearer ${MASTER_KEY}` }, ...init });

  describe('an encoded body', () => {
    it.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
      ['zstd', zstdCompressSync],
      ['deflate', deflateRawSync],
      ['gzip, br', (body: string) => brotliCompressSync(gzipSync(body))],
    ])('in %s is masked and sent on without encoding', async (encoding, encode) => {
      const reply = await fetch(`${proxy().url}/v1/chat/completions`, {
        method: 'POST',
        body: new Uint8Array(encode(JSON.stringify(CHAT))),
        headers: {
          'content-type': 'application/json',
          'content-encoding': encoding,
          authorization: `Bearer ${MASTER_KEY}`,
        },
      });
      expect(reply.status).toBe(200);
      expect(proxy().upstream.requests[0]?.headers['content-encoding']).toBeUndefined();
      expect(proxy().lastBody()).toMatch(/write to MSKMAIL\w{13}"/);
    });
  });

  describe('a refused call', () => {
    it.each([
      ['POST', '/v1/chat/completions?note=i-0123456789abcdef0'],
      ['POST', '/v1/messages?beta=true&to=jane%40example.com'],
      ['GET', '/v1/files/vpc-0123456789abcdef0'],
    ])('is %s %s, whose address holds what must not leave', async (method, path) => {
      const reply = await get(path, {
        method,
        headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: JSON.stringify({ ...CHAT, max_tokens: 9 }) }),
      });
      expect(reply.status).toBe(422);
      expect(proxy().upstream.requests).toEqual([]);
    });

    it.each([
      ['an unknown route', 'POST', '/v1/audio/speech', 404, 'route_refused'],
      ['an unknown method', 'PUT', '/v1/chat/completions', 404, 'route_refused'],
      ['a deletion', 'DELETE', '/v1/files/x', 404, 'route_refused'],
      ['a message batch', 'POST', '/v1/messages/batches', 404, undefined],
      ['a look at what others called', 'GET', '/v1/logs/accepted?date=2026-11-21', 404, 'route_refused'],
      ['the same, spelled differently', 'GET', '/v1/%6Cogs/accepted?date=2026-11-21', 404, 'route_refused'],
    ])('is %s', async (_what, method, path, status, code) => {
      const reply = await get(path, {
        method,
        headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(CHAT) }),
      });
      const answer = (await reply.json()) as { error: { code?: string } };
      expect([reply.status, answer.error.code]).toEqual([status, code]);
      expect(proxy().upstream.requests).toEqual([]);
    });

    it.each([
      ['an unknown encoding', Buffer.from(JSON.stringify(CHAT)), { 'content-encoding': 'lzma' }, 415],
      ['an unknown encoding among others', gzipSync(JSON.stringify(CHAT)), { 'content-encoding': 'lzma, gzip' }, 415],
      [
        'an encoding that was done once less',
        gzipSync(JSON.stringify(CHAT)),
        { 'content-encoding': 'gzip, gzip' },
        422,
      ],
      [
        'an encoding that is cut off',
        brotliCompressSync(JSON.stringify(CHAT)).subarray(0, -4),
        { 'content-encoding': 'br' },
        422,
      ],
      ['an encoding that is not true', Buffer.from(JSON.stringify(CHAT)), { 'content-encoding': 'gzip' }, 422],
      ['a body that decodes to too much', gzipSync(Buffer.alloc(2 ** 21, ' ')), { 'content-encoding': 'gzip' }, 413],
      [
        'a body that decodes twice to too much',
        gzipSync(gzipSync(Buffer.alloc(2 ** 21, ' '))),
        { 'content-encoding': 'gzip, gzip' },
        413,
      ],
      [
        'a body that first decodes to too much',
        gzipSync(Buffer.alloc(2 ** 21, gzipSync(''))),
        { 'content-encoding': 'gzip, gzip' },
        413,
      ],
      ['another media type', Buffer.from('a=b'), { 'content-type': 'text/plain' }, 415],
      ['broken JSON', Buffer.from('{"model":'), {}, 422],
      ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 422],
      ['an array', Buffer.from('[]'), {}, 422],
      ['a body that nests too deep', Buffer.from(nested(600)), {}, 422],
      ['a wrong key', Buffer.from(JSON.stringify(CHAT)), { authorization: 'Bearer nope' }, 401],
    ])('has %s', async (_what, body, headers: Record<string, string>, status) => {
      const reply = await fetch(`${proxy().url}/v1/chat/completions`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${MASTER_KEY}`, ...headers },
      });
      expect(reply.status).toBe(status);
      expect(proxy().upstream.requests).toEqual([]);
    });

    it('answers in the dialect of its route and names the field', async () => {
      const reply = await proxy().post('/v1/messages', { model: 'm', messages: [] });
      expect([reply.status, await reply.json()]).toMatchObject([
        422,
        {
          type: 'error',
          error: { type: 'invalid_request_error', message: expect.stringContaining('messages') as string },
        },
      ]);
    });

    it('needs a key for everything but probes', async () => {
      for (const path of ['/v1/models', '/anything']) expect((await fetch(proxy().url + path)).status).toBe(401);
      for (const path of ['/health', '/livez', '/readyz', '/metrics', '/docs']) {
        expect((await fetch(proxy().url + path)).status).toBe(200);
      }
      expect(proxy().upstream.requests).toEqual([]);
    });
  });

  function nested(depth: number): string {
    return `{"model":"m","messages":[{"role":"user","content":"x","y":${'['.repeat(depth)}${']'.repeat(depth)}}]}`;
  }
});
