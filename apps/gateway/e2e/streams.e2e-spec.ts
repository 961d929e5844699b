import { gzipSync } from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import { SallyportError } from '@sallyport/dialects';
import { anthropicStream, openAiStream, ScriptedUpstream, type ScriptedReply } from '@sallyport/testing';
import OpenAI from 'openai';
import { eventually, KEY, startTestGateway, type TestGateway } from './gateway-harness';

describe('streams through the gateway', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url};spare=mock://echo`,
      GATEWAY_FALLBACKS: 'gpt=spare',
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '1000',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => gateway.records.splice(0));

  const post = (path: string, body: object): Promise<Response> =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true, ...body }),
    });
  const chat = (reply: ScriptedReply): Promise<Response> => {
    upstream.script(() => reply);
    return post('/v1/chat/completions', { model: 'gpt', stream_options: { include_usage: true } });
  };
  const bytesOf = (chunks: readonly (string | Uint8Array)[]): string =>
    Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))).toString();

  it('passes the bytes of both dialects unchanged, comments and unknown events too', async () => {
    const extra = [': OPENROUTER PROCESSING\n\n', 'event: unheard\r\ndata: {"x" : 1.0}\r\n\r\n'];
    const chunks = [...extra, ...openAiStream(['a', 'b'])];
    expect(await (await chat({ chunks })).text()).toBe(bytesOf(chunks));
    const messages = [...extra, ...anthropicStream(['a', 'b'])];
    upstream.script(() => ({ chunks: messages }));
    expect(await (await post('/v1/messages', { model: 'claude', max_tokens: 9 })).text()).toBe(bytesOf(messages));
  });

  it('passes the same bytes and keeps the same record however the network cuts them', async () => {
    const whole = Buffer.from(bytesOf(openAiStream(['Grüße ', '🚀', ' end'])));
    const halves = (at: number): Uint8Array[] => [whole.subarray(0, at), whole.subarray(at)];
    for (let at = 1; at < whole.length; at += 1) {
      const reply = await chat({ chunks: halves(at) });
      expect(await reply.text()).toBe(whole.toString());
      expect(gateway.records.at(-1)).toMatchObject({
        status: 'success',
        stream: true,
        response: { choices: [{ message: { content: 'Grüße 🚀 end' } }] },
      });
    }
  });

  it('keeps one record, written before the terminal event leaves', async () => {
    const reply = await chat({ chunks: openAiStream(['x']) });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of reply.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes('[DONE]')) expect(gateway.records).toHaveLength(1);
    }
    expect(text).toContain('[DONE]');
    expect(gateway.records).toHaveLength(1);
  });

  it.each(['reset', 'truncate', 'stall'] as const)(
    'ends a chat stream that breaks off (%s) with an error',
    async (fault) => {
      upstream.script(() => ({ chunks: openAiStream(['partial ', 'never seen']).slice(0, 2), fault }));
      const upstreams = `gpt=${upstream.url}`;
      const hasty = await startTestGateway({ GATEWAY_UPSTREAMS: upstreams, GATEWAY_STREAM_IDLE_SECONDS: '1' });
      try {
        const client = new OpenAI({ baseURL: `${hasty.url}/v1`, apiKey: KEY, maxRetries: 0 });
        const read = async (): Promise<void> => {
          const messages = [{ role: 'user' as const, content: 'Hi' }];
          for await (const _ of await client.chat.completions.create({ model: 'gpt', messages, stream: true }));
        };
        await expect(read()).rejects.toThrow(OpenAI.APIError);
        expect(hasty.records).toHaveLength(1);
        expect(hasty.records[0]).toMatchObject({
          status: 'failure',
          stream: null,
          response: { choices: [{ message: { content: 'partial ' } }] },
        });
      } finally {
        await hasty.close();
      }
    },
  );

  it('ends a message stream that breaks off with an error event', async () => {
    upstream.script(() => ({ chunks: anthropicStream(['partial']).slice(0, 3), fault: 'reset' }));
    const client = new Anthropic({ baseURL: gateway.url, apiKey: KEY, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const stream = client.messages.stream({ model: 'claude', max_tokens: 9, messages });
    await expect(stream.finalMessage()).rejects.toMatchObject({ type: 'api_error' });
    expect(gateway.records).toMatchObject([
      { status: 'failure', error_information: { error_code: 'upstream_interrupted' } },
    ]);
  });

  it('falls back when a stream breaks before its first byte', async () => {
    upstream.script(() => ({ chunks: [], fault: 'reset' }));
    const reply = await post('/v1/chat/completions', { model: 'gpt' });
    expect(reply.headers.get('x-fallback-model')).toBe('spare');
    expect(await reply.text()).toContain('[DONE]');
    expect(gateway.records).toMatchObject([{ status: 'success', model: 'mock/spare', model_group: 'gpt' }]);
  });

  it.each([
    [new Error('disk is gone'), 'unavailable', 503],
    [new SallyportError('storage_full', 'no room', { retryable: true }), 'storage_full', 507],
  ])('gives no complete reply without a record (%s)', async (error, code, status) => {
    gateway.breakSink(error);
    try {
      const stream = await (await chat({ chunks: openAiStream(['x']) })).text();
      expect(stream).not.toContain('[DONE]');
      expect(stream).toContain(`"code":"${code}"`);
      upstream.script(() => ({ body: { choices: [] } }));
      expect((await post('/v1/chat/completions', { model: 'gpt', stream: false })).status).toBe(status);
    } finally {
      gateway.breakSink(undefined);
    }
  });

  it('ends with the terminal event although the upstream keeps its connection open', async () => {
    const reply = await chat({ chunks: openAiStream(['x']), fault: 'stall' });
    expect(await reply.text()).toBe(bytesOf(openAiStream(['x'])));
    expect(gateway.records).toMatchObject([{ status: 'success' }]);
    const seen = upstream.requests.at(-1);
    await eventually(() => seen?.aborted === true, 'the upstream is let go');
  });

  it('hands on a chunk before the next one is sent', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const [first = '', ...rest] = openAiStream(['one', 'two']);
    upstream.script(() => ({ chunks: [first, ...rest], before: (index) => (index === 0 ? undefined : released) }));
    const asked = { model: 'gpt', stream_options: { include_usage: true } };
    const reader = (await post('/v1/chat/completions', asked)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(first);
    release();
    let text = first;
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      text += Buffer.from(next.value).toString();
    }
    expect(text).toBe(bytesOf([first, ...rest]));
  });

  it.each([
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<h1>hello</h1>' }],
    ['nothing', { status: 204 }],
    ['an empty body', { body: '' }],
    ['an empty stream', { chunks: [] }],
  ])('takes %s for no reply, and asks the next upstream', async (_what, scripted) => {
    upstream.script(() => scripted);
    const reply = await post('/v1/chat/completions', { model: 'gpt', stream: false });
    expect([reply.status, reply.headers.get('x-fallback-model')]).toEqual([200, 'spare']);
    expect(gateway.records).toMatchObject([{ status: 'success', model: 'mock/spare' }]);
  });

  it('unpacks a stream that is compressed although nobody asked', async () => {
    const whole = bytesOf(openAiStream(['x']));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/event-stream' };
    upstream.script(() => ({ headers, body: gzipSync(whole) }));
    const reply = await post('/v1/chat/completions', { model: 'gpt', stream_options: { include_usage: true } });
    expect([await reply.text(), reply.headers.get('content-encoding')]).toEqual([whole, null]);
  });

  it('passes headers that are the upstream’s to send, and no others', async () => {
    const headers = {
      'x-ratelimit-remaining-tokens': '7',
      'openai-processing-ms': '3',
      connection: 'close, x-hop',
      'x-hop': '1',
      'x-fallback-model': 'forged',
      'x-litellm-response-cost': '0',
      'access-control-allow-origin': '*',
      'clear-site-data': '"*"',
      'set-cookie': 'a=b',
      'content-type': 'text/event-stream',
    };
    const reply = await chat({ chunks: openAiStream(['x']), headers });
    await reply.text();
    expect(reply.headers.get('x-ratelimit-remaining-tokens')).toBe('7');
    expect(reply.headers.get('openai-processing-ms')).toBe('3');
    for (const name of ['x-hop', 'x-fallback-model', 'x-litellm-response-cost', 'clear-site-data', 'set-cookie']) {
      expect([name, reply.headers.get(name)]).toEqual([name, null]);
    }
  });
});
