import { upstreamStage } from './upstream-stage';

describe('failures of upstreams', () => {
  const stage = upstreamStage();
  const { script, send } = stage;

  describe('errors under a good status', () => {
    const failure = { error: { code: 429, message: 'slow down' }, user_id: 'u' };

    it('get the status that they name', async () => {
      script({ body: failure });
      const reply = await send('/v1/chat/completions', { model: 'gpt' });
      expect([reply.status, await reply.json()]).toEqual([429, failure]);
      expect(stage.gateway.records).toMatchObject([{ status: 'failure', error_information: { error_code: '429' } }]);
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
      expect([stage.upstream.requests.length, stage.gateway.records]).toMatchObject([
        1,
        [{ custom_llm_provider: 'openai' }],
      ]);
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
    expect(JSON.stringify(stage.gateway.records)).not.toContain('upstream-key-1');
  });

  it('hands on an overload as it came', async () => {
    const body = '{"type":"error", "error":{"type":"overloaded_error","message":"Overloaded"}}';
    script({ status: 529, headers: { 'content-type': 'application/json' }, body });
    const reply = await send('/v1/messages', { model: 'claude' });
    expect([reply.status, await reply.text()]).toEqual([529, body]);
  });
});
