import { anthropicReply, openAiReply, openAiStream } from '@sallyport/testing';
import { KEY } from './gateway-harness';
import { upstreamStage } from './upstream-stage';

describe('calls on their way to upstreams', () => {
  const stage = upstreamStage();
  const { script, seen, send } = stage;

  describe('usage of a stream', () => {
    it('is asked for, recorded, and kept from a client that did not ask', async () => {
      const chunks = openAiStream(['a']);
      script({ chunks });
      const text = await (await send('/v1/chat/completions', { model: 'gpt', stream: true })).text();
      expect(seen()['stream_options']).toEqual({ include_usage: true });
      expect(text).toBe(chunks.filter((chunk) => !chunk.includes('"choices":[]')).join(''));
      expect(stage.gateway.records).toMatchObject([{ status: 'success', prompt_tokens: 7, completion_tokens: 5 }]);
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
      expect(stage.gateway.records).toMatchObject([
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
      expect([reply.status, stage.upstream.requests.length]).toEqual([400, 0]);
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

  it('leaves no second model name in a body', async () => {
    script({ body: openAiReply('a') });
    for (const first of ['"model"', '"\\u006dodel"']) {
      const body = `{${first}:"other","messages":[{"role":"user","content":"Hi"}],"model":"gpt"}`;
      await fetch(`${stage.gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body,
      });
      expect(stage.upstream.requests.at(-1)?.body.toString()).toBe(body.replace('"other"', '"gpt"'));
    }
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
});
