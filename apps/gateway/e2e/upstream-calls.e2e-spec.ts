import {
  anthropicReply,
  anthropicStream,
  openAiReply,
  openAiStream,
  ScriptedUpstream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import { eventually, KEY, startTestGateway, type TestGateway } from './gateway-harness';

describe('calls on their way to upstreams', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url};spare=mock://echo`,
      GATEWAY_FALLBACKS: 'gpt/rescued=spare;gpt/translated=claude',
      GATEWAY_DEFAULT_MODEL: 'claude',
      GATEWAY_UPSTREAM_GPT_API_KEY: 'upstream-key-1',
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '1000',
      GATEWAY_MAX_STREAM_EVENT_BYTES: '100000',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => {
    gateway.records.splice(0);
    upstream.requests.splice(0);
  });

  const send = (path: string, body: object, init: RequestInit = {}, { url } = gateway): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...body }),
      ...init,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...init.headers },
    });
  const script = (reply: ScriptedReply | ((request: RecordedRequest) => ScriptedReply)): void =>
    upstream.script(typeof reply === 'function' ? reply : () => reply);
  const seen = (): Record<string, unknown> =>
    JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '{}') as Record<string, unknown>;

  describe('usage of a stream', () => {
    it('is asked for, recorded, and kept from a client that did not ask', async () => {
      const chunks = openAiStream(['a']);
      script({ chunks });
      const text = await (await send('/v1/chat/completions', { model: 'gpt', stream: true })).text();
      expect(seen()['stream_options']).toEqual({ include_usage: true });
      expect(text).toBe(chunks.filter((chunk) => !chunk.includes('"choices":[]')).join(''));
      expect(gateway.records).toMatchObject([{ status: 'success', prompt_tokens: 7, completion_tokens: 5 }]);
    });

    it('reaches a client that asked, whose other options stay', async () => {
      const chunks = openAiStream(['a']);
      script({ chunks });
      const stream_options = { include_usage: true, include_obfuscation: false };
      const text = await (await send('/v1/chat/completions', { model: 'gpt', stream: true, stream_options })).text();
      expect(seen()['stream_options']).toEqual(stream_options);
      expect(text).toBe(chunks.join(''));
    });

    it('adds nothing to a call without a stream', async () => {
      script({ body: openAiReply('a') });
      await send('/v1/chat/completions', { model: 'gpt' });
      expect(Object.keys(seen())).toEqual(['messages', 'model']);
    });
  });

  describe('what older clients of /v1/messages leave out', () => {
    it('is filled in for an Anthropic upstream', async () => {
      script({ body: anthropicReply('a') });
      expect((await send('/v1/messages', {})).status).toBe(200);
      expect(seen()).toEqual({
        model: 'claude',
        max_tokens: 4096,
        messages: [{ role: 'user', content: 'Hi' }],
      });
    });

    it('is filled in for a chat upstream', async () => {
      script({ body: openAiReply('a') });
      expect((await send('/v1/messages', { model: 'gpt' })).status).toBe(200);
      expect(seen()).toMatchObject({ model: 'gpt', max_tokens: 4096 });
    });
  });

  describe('translated calls', () => {
    it('are recorded in the client’s dialect with the upstream’s counts and bill', async () => {
      const reply = { ...openAiReply('a'), usage: { prompt_tokens: 9, completion_tokens: 4, cost: 0.25 } };
      script({ body: reply });
      await send('/v1/messages', { model: 'gpt' });
      expect(gateway.records).toMatchObject([
        {
          call_type: 'anthropic_messages',
          prompt_tokens: 9,
          response_cost: 0.25,
          response: { type: 'message', content: [{ type: 'text', text: 'a' }] },
        },
      ]);
    });

    it('name what was left out', async () => {
      script({ body: openAiReply('a') });
      const reply = await send('/v1/messages', { model: 'gpt', top_k: 5, inference_geo: 'eu' });
      expect(reply.headers.get('x-sallyport-dropped-params')).toBe('inference_geo,top_k');
    });

    it('refuse what would change the answer, and ask no upstream', async () => {
      const reply = await send('/v1/chat/completions', { model: 'claude', n: 2 });
      expect([reply.status, upstream.requests.length]).toEqual([400, 0]);
      expect(await reply.json()).toMatchObject({ error: { param: 'n', type: 'invalid_request_error' } });
    });

    it('tell an Anthropic client of a chat upstream’s refusal in its own words', async () => {
      script({
        status: 429,
        headers: { 'retry-after': '3' },
        body: { error: { message: 'slow down', type: 'tokens' } },
      });
      const reply = await send('/v1/messages', { model: 'gpt' });
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '3']);
      expect(await reply.json()).toEqual({
        type: 'error',
        error: { type: 'rate_limit_error', message: 'slow down' },
        request_id: reply.headers.get('request-id'),
      });
    });
  });

  describe('errors under a good status', () => {
    const failure = { error: { code: 429, message: 'slow down' }, user_id: 'u' };

    it('get the status that they name', async () => {
      script({ body: failure });
      const reply = await send('/v1/chat/completions', { model: 'gpt' });
      expect([reply.status, await reply.json()]).toEqual([429, failure]);
      expect(gateway.records).toMatchObject([{ status: 'failure', error_information: { error_code: '429' } }]);
    });

    it('at the beginning of a stream let another upstream take over', async () => {
      const first = `data: ${JSON.stringify({ error: { code: 502, message: 'provider down' } })}\n\n`;
      script({ chunks: [': OPENROUTER PROCESSING\n\n', first] });
      const reply = await send('/v1/chat/completions', { model: 'gpt/rescued', stream: true });
      expect([reply.status, reply.headers.get('x-fallback-model')]).toEqual([200, 'spare']);
      expect(await reply.text()).toContain('[DONE]');
    });

    it('are recorded as those of the upstream that failed, not of one that was never asked', async () => {
      script({ status: 503, body: { error: { message: 'down' } } });
      expect((await send('/v1/chat/completions', { model: 'gpt/translated', n: 2 })).status).toBe(502);
      expect([upstream.requests.length, gateway.records]).toMatchObject([1, [{ custom_llm_provider: 'openai' }]]);
    });

    it.each([
      ['comments', `: ${'.'.repeat(1000)}\n\n`],
      ['an event without end', '.'.repeat(1000)],
    ])('let another upstream take over when a stream begins with too many bytes of %s', async (_, piece) => {
      script({ chunks: Array.from({ length: 150 }, () => piece), fault: 'stall' });
      const reply = await send('/v1/chat/completions', { model: 'gpt/rescued', stream: true });
      expect([reply.status, reply.headers.get('x-fallback-model')]).toEqual([200, 'spare']);
      expect(await reply.text()).toContain('[DONE]');
    });

    it('at the beginning of a stream become a plain error when nobody takes over', async () => {
      script({
        chunks: ['event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n'],
      });
      const reply = await send('/v1/messages', { model: 'claude', stream: true });
      expect([reply.status, reply.headers.get('content-type')]).toEqual([529, 'application/json']);
      expect(await reply.json()).toMatchObject({ error: { type: 'overloaded_error' } });
    });
  });

  it('leaves no second model name in a body', async () => {
    script({ body: openAiReply('a') });
    for (const first of ['"model"', '"\\u006dodel"']) {
      const body = `{${first}:"other","messages":[{"role":"user","content":"Hi"}],"model":"gpt"}`;
      await fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body,
      });
      expect(upstream.requests.at(-1)?.body.toString()).toBe(body.replace('"other"', '"gpt"'));
    }
  });

  it('repeats an upstream’s words for its own failure, without a key in them', async () => {
    script({
      status: 500,
      body: { error: { message: 'no GPU for sk-abcdefghijklmnopqrstuvwx', type: 'server_error' } },
    });
    const reply = await send('/v1/messages', { model: 'gpt' });
    const text = await reply.text();
    expect([reply.status, text]).toEqual([502, expect.stringContaining('status 500: no GPU for ')]);
    expect(text).not.toContain('sk-abc');
  });

  it('counts a flat error object under a good status as a failure', async () => {
    script({ body: { object: 'error', message: 'no such model', type: 'NotFoundError', code: 404 } });
    expect((await send('/v1/chat/completions', { model: 'gpt' })).status).toBe(404);
  });

  it('translates a refusal that is plain text', async () => {
    script({ status: 400, headers: { 'content-type': 'text/plain' }, body: 'prompt too long' });
    const reply = await send('/v1/messages', { model: 'gpt' });
    expect(await reply.json()).toMatchObject({ error: { type: 'invalid_request_error', message: 'prompt too long' } });
  });

  it('keeps the upstream’s key from a client to whom the upstream repeats it', async () => {
    script(({ headers }) => ({
      status: 401,
      body: { error: { message: `Wrong key: ${String(headers['authorization'])}` } },
    }));
    const reply = await send('/v1/chat/completions', { model: 'gpt' });
    expect([reply.status, await reply.json()]).toEqual([401, { error: { message: 'Wrong key: Bearer [secret]' } }]);
    expect(JSON.stringify(gateway.records)).not.toContain('upstream-key-1');
  });

  it('ends a translated stream with an error when one of its events is too large', async () => {
    const huge = { choices: [{ index: 0, delta: { content: 'x'.repeat(200_000) } }] };
    const [begin = '', ...rest] = openAiStream(['a']);
    script({ chunks: [begin, `data: ${JSON.stringify(huge)}`, '\n\n', ...rest] });
    const text = await (await send('/v1/messages', { model: 'gpt', stream: true })).text();
    expect(text).toContain('event: error');
    expect(text).not.toContain('message_stop');
  });

  it('takes no address for a model', async () => {
    const reply = await send('/v1/chat/completions', { model: 'http://169.254.169.254/x' });
    expect([reply.status, await reply.json()]).toMatchObject([422, { error: { param: 'model' } }]);
  });

  it('hands on an overload as it came', async () => {
    const body = '{"type":"error", "error":{"type":"overloaded_error","message":"Overloaded"}}';
    script({ status: 529, headers: { 'content-type': 'application/json' }, body });
    const reply = await send('/v1/messages', { model: 'claude' });
    expect([reply.status, await reply.text()]).toEqual([529, body]);
  });

  it('hands on the upstream’s request id within a dialect', async () => {
    script({ body: openAiReply('a'), headers: { 'x-request-id': 'req_up' } });
    const reply = await send('/v1/chat/completions', { model: 'gpt' });
    expect(reply.headers.get('x-request-id')).toBe('req_up');
    const named = await send('/v1/chat/completions', { model: 'gpt' }, { headers: { 'x-request-id': 'mine' } });
    expect(named.headers.get('x-request-id')).toBe('mine');
    script({ body: anthropicReply('a'), headers: { 'request-id': 'req_anthropic' } });
    expect((await send('/v1/messages', {})).headers.get('request-id')).toBe('req_anthropic');
  });

  it('hands on the upstream’s limits, and tells its own where the upstream tells none', async () => {
    script({
      body: openAiReply('a'),
      headers: { 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-reset-tokens': '6ms' },
    });
    const { headers } = await send('/v1/chat/completions', { model: 'gpt' });
    expect([headers.get('x-ratelimit-remaining-requests'), headers.get('x-ratelimit-reset-tokens')]).toEqual([
      '7',
      '6ms',
    ]);
    expect([headers.get('x-ratelimit-limit-requests'), headers.get('x-ratelimit-limit')]).toEqual(['100000', '100000']);
  });

  it.each([
    [{ 'retry-after': '3' }, '3', null],
    [{ 'retry-after': '3', 'retry-after-ms': '2500' }, '3', '2500'],
    [{ 'retry-after': '999999' }, '3600', null],
    [{ 'retry-after-ms': '999999999' }, '3600', null],
    [{ 'retry-after': 'Fri, 01 Jan 2999 00:00:00 GMT' }, '3600', null],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 'Thu, 01 Jan 2026 00:00:00 GMT', null],
    [{ 'retry-after': 'soon' }, 'soon', null],
  ])('asks a client to wait no longer than it may: %j', async (headers, wait, waitMs) => {
    script({ status: 429, headers: headers, body: { error: { message: 'slow' } } });
    const { headers: told } = await send('/v1/chat/completions', { model: 'gpt' });
    expect([told.get('retry-after'), told.get('retry-after-ms')]).toEqual([wait, waitMs]);
  });

  describe('a gateway with little patience', () => {
    let hasty: TestGateway;
    beforeAll(async () => {
      hasty = await startTestGateway({
        GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url}`,
        GATEWAY_DEFAULT_MODEL: 'claude',
        GATEWAY_PING_SECONDS: '0.1',
      });
    });
    afterAll(() => hasty.close());

    /** What a client reads of a stream whose upstream is silent until the client has read `awaited`. */
    async function readHeld(path: string, body: object, chunks: string[], awaited: RegExp): Promise<string> {
      const heard = Promise.withResolvers<void>();
      script({ chunks, before: (index) => (index === 2 ? heard.promise : undefined) });
      const reply = await send(path, { ...body, stream: true }, {}, hasty);
      let text = '';
      for await (const piece of reply.body ?? []) {
        text += Buffer.from(piece as Uint8Array).toString();
        if (awaited.test(text)) heard.resolve();
      }
      return text;
    }

    it('keeps a silent stream alive, with a ping that the dialect knows', async () => {
      const messages = await readHeld(
        '/v1/messages',
        {},
        anthropicStream(['a', 'b']),
        /(event: ping\ndata: .*\n\n){2}/,
      );
      expect(messages).toContain('event: message_stop');
      const chat = await readHeld(
        '/v1/chat/completions',
        { model: 'gpt' },
        openAiStream(['a', 'b']),
        /(: ping\n\n){2}/,
      );
      expect(chat.endsWith('data: [DONE]\n\n')).toBe(true);
    });

    it('lets a stream begin that has no first event for long, and lets go of its upstream', async () => {
      script({ chunks: [': still thinking\n\n'], fault: 'stall' });
      const abort = new AbortController();
      const init = { signal: abort.signal };
      const reply = await send('/v1/chat/completions', { model: 'gpt', stream: true }, init, hasty);
      const first = await reply.body?.getReader().read();
      expect(Buffer.from(first?.value as Uint8Array).toString()).toMatch(/^: still thinking\n\n/);
      abort.abort();
      await eventually(() => upstream.requests.at(-1)?.aborted === true, 'the upstream sees the client leave');
    });
  });

  it('holds the upstream back when the client reads slowly', async () => {
    const line = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'x'.repeat(64 * 1024) } }] })}\n\n`;
    let sent = 0;
    script({ chunks: Array.from({ length: 1_000 }, () => line), before: (index) => void (sent = index) });
    const abort = new AbortController();
    const reply = await send('/v1/messages', { model: 'gpt', stream: true }, { signal: abort.signal });
    const reader = reply.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // 64 MB wait upstream; a few fit into the buffers of the sockets on the way.
    expect(sent).toBeLessThan(300);
    abort.abort();
    await eventually(() => gateway.records.length === 1, 'the record of the aborted call');
  });
});
