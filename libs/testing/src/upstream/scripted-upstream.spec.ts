import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { anthropicReply, anthropicStream } from './anthropic-replies';
import { openAiReply, openAiStream } from './openai-replies';
import { ScriptedUpstream } from './scripted-upstream';

describe(ScriptedUpstream.name, () => {
  let upstream: ScriptedUpstream;

  beforeEach(async () => {
    upstream = await ScriptedUpstream.start();
  });
  afterEach(async () => {
    await upstream.close();
  });

  const post = (init: RequestInit = {}) =>
    fetch(`${upstream.url}/v1/x?a=1`, { method: 'POST', body: 'hello', ...init });

  it('records what it was sent and answers the script', async () => {
    upstream.script(({ body }) => ({ status: 418, headers: { 'x-seen': String(body) }, body: { ok: true } }));
    const reply = await post({ headers: { 'x-key': 'k' } });
    expect([reply.status, reply.headers.get('x-seen'), await reply.json()]).toEqual([418, 'hello', { ok: true }]);
    expect(upstream.requests).toMatchObject([
      { method: 'POST', path: '/v1/x?a=1', headers: { 'x-key': 'k' }, body: Buffer.from('hello'), aborted: false },
    ]);
  });

  it('answers 501 without a script', async () => {
    expect((await post()).status).toBe(501);
  });

  it('resets before the first byte or behind the chunks, and ends cleanly otherwise', async () => {
    upstream.script(() => ({ fault: 'reset' }));
    await expect(post()).rejects.toThrow('fetch failed');
    upstream.script(() => ({ chunks: ['one', 'two'], fault: 'reset' }));
    const broken = await post();
    await expect(broken.text()).rejects.toThrow('terminated');
    upstream.script(() => ({ chunks: ['one', Buffer.from('two')], fault: 'truncate' }));
    expect(await (await post()).text()).toBe('onetwo');
    expect(upstream.requests.map((request) => request.aborted)).toEqual([false, false, false]);
  });

  it('sees that the caller of a stalled reply went away', async () => {
    upstream.script(() => ({ chunks: ['one'], fault: 'stall' }));
    const abort = new AbortController();
    const reply = await post({ signal: abort.signal });
    await reply.body?.getReader().read();
    abort.abort();
    while (upstream.requests[0]?.aborted !== true) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('speaks to the official OpenAI client', async () => {
    const client = new OpenAI({ baseURL: `${upstream.url}/v1`, apiKey: 'k', maxRetries: 0 });
    const call = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }] };
    upstream.script(() => ({ body: openAiReply('hello') }));
    expect((await client.chat.completions.create(call)).choices[0]?.message.content).toBe('hello');
    upstream.script(() => ({ chunks: openAiStream(['hel', 'lo']) }));
    const whole = await client.chat.completions.stream(call).finalChatCompletion();
    expect(whole.choices[0]?.message.content).toBe('hello');
  });

  it('speaks to the official Anthropic client', async () => {
    const client = new Anthropic({ baseURL: upstream.url, apiKey: 'k', maxRetries: 0 });
    const call = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'hi' }] };
    upstream.script(() => ({ body: anthropicReply('hello') }));
    expect((await client.messages.create(call)).content).toMatchObject([{ type: 'text', text: 'hello' }]);
    upstream.script(() => ({ chunks: anthropicStream(['hel', 'lo']) }));
    expect(await client.messages.stream(call).finalText()).toBe('hello');
  });
});
