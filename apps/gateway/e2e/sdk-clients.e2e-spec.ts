import Anthropic from '@anthropic-ai/sdk';
import { anthropicReply, anthropicStream, openAiReply, openAiStream, ScriptedUpstream } from '@sallyport/testing';
import OpenAI from 'openai';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

describe('official SDKs through the gateway', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  let openai: OpenAI;
  let anthropic: Anthropic;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url};mock=mock://echo;broken=mock://fail`,
      GATEWAY_UPSTREAM_GPT_API_KEY: 'upstream-openai-key',
      GATEWAY_UPSTREAM_CLAUDE_API_KEY: 'upstream-anthropic-key',
    });
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: KEY, maxRetries: 0 });
    anthropic = new Anthropic({ baseURL: gateway.url, apiKey: KEY, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });

  const prompt = [{ role: 'user' as const, content: 'Grüße, 12345678901234567890 times 🚀' }];

  it('completes a chat, with the upstream’s key and the client’s bytes', async () => {
    upstream.script(() => ({ body: openAiReply('Hello') }));
    const reply = await openai.chat.completions.create({ model: 'gpt', messages: prompt });
    expect(reply.choices[0]?.message.content).toBe('Hello');
    const seen = upstream.requests.at(-1);
    expect([seen?.path, seen?.headers['authorization']]).toEqual([
      '/v1/chat/completions',
      'Bearer upstream-openai-key',
    ]);
    expect(JSON.parse(seen?.body.toString() ?? '')).toEqual({ model: 'gpt', messages: prompt });
    expect(JSON.stringify(seen?.headers)).not.toContain(KEY);
  });

  it('streams a chat', async () => {
    upstream.script(() => ({ chunks: openAiStream(['Hel', 'lo ', '🚀']) }));
    const stream = openai.chat.completions.stream({ model: 'gpt', messages: prompt });
    expect(await stream.finalContent()).toBe('Hello 🚀');
  });

  it('creates a message, with the upstream’s key', async () => {
    upstream.script(() => ({ body: anthropicReply('Hi') }));
    const reply = await anthropic.messages.create({ model: 'claude', max_tokens: 10, messages: prompt });
    expect(reply.content).toMatchObject([{ type: 'text', text: 'Hi' }]);
    const seen = upstream.requests.at(-1);
    expect([seen?.path, seen?.headers['x-api-key']]).toEqual(['/v1/messages', 'upstream-anthropic-key']);
    expect(JSON.stringify(seen?.headers)).not.toContain(KEY);
  });

  it('streams a message', async () => {
    upstream.script(() => ({ chunks: anthropicStream(['Hi ', 'there']) }));
    const stream = anthropic.messages.stream({ model: 'claude', max_tokens: 10, messages: prompt });
    expect(await stream.finalText()).toBe('Hi there');
  });

  it('serves both SDKs from the mock, streamed and not', async () => {
    const text = prompt[0]?.content;
    const chat = await openai.chat.completions.create({ model: 'mock', messages: prompt });
    expect(chat.choices[0]?.message.content).toBe(text);
    expect(await openai.chat.completions.stream({ model: 'mock', messages: prompt }).finalContent()).toBe(text);
    const message = await anthropic.messages.create({ model: 'mock', max_tokens: 10, messages: prompt });
    expect(message.content).toMatchObject([{ text }]);
    const stream = anthropic.messages.stream({ model: 'mock', max_tokens: 10, messages: prompt });
    expect(await stream.finalText()).toBe(text);
  });

  it('lists models', async () => {
    const ids = [];
    for await (const model of openai.models.list()) ids.push(model.id);
    expect(ids).toEqual(['gpt', 'claude', 'mock', 'broken']);
  });

  it('gives the OpenAI SDK the error classes that it knows', async () => {
    const call = (client: OpenAI, model: string, messages = prompt) =>
      client.chat.completions.create({ model, messages });
    await expect(call(openai, 'nobody')).rejects.toMatchObject({ constructor: OpenAI.NotFoundError, param: 'model' });
    await expect(call(openai, 'gpt', [])).rejects.toMatchObject({
      constructor: OpenAI.UnprocessableEntityError,
      param: 'messages',
    });
    await expect(call(openai.withOptions({ apiKey: 'wrong' }), 'gpt')).rejects.toThrow(OpenAI.AuthenticationError);
    await expect(call(openai, 'broken')).rejects.toMatchObject({
      constructor: OpenAI.InternalServerError,
      status: 502,
      requestID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('gives the Anthropic SDK the error classes that it knows', async () => {
    const call = (client: Anthropic, model: string, messages = prompt) =>
      client.messages.create({ model, max_tokens: 10, messages });
    await expect(call(anthropic, 'nobody')).rejects.toThrow(Anthropic.NotFoundError);
    await expect(call(anthropic, 'claude', [])).rejects.toThrow(Anthropic.UnprocessableEntityError);
    await expect(call(anthropic.withOptions({ apiKey: 'wrong' }), 'claude')).rejects.toMatchObject({
      constructor: Anthropic.AuthenticationError,
      type: 'authentication_error',
      requestID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    await expect(call(anthropic, 'broken')).rejects.toMatchObject({ status: 502, type: 'api_error' });
  });

  it('hands on an upstream’s own refusal, body and retry hint unchanged', async () => {
    const body = '{"error": {"message":"slow down","type":"tokens","param":null,"code":"rate_limit_exceeded"} }';
    const headers = { 'content-type': 'application/json', 'retry-after': '17', 'x-upstream': 'yes' };
    upstream.script(() => ({ status: 429, headers, body }));
    const reply = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': KEY },
      body: JSON.stringify({ model: 'gpt', messages: prompt }),
    });
    expect([reply.status, reply.headers.get('retry-after'), reply.headers.get('x-upstream')]).toEqual([
      429,
      '17',
      'yes',
    ]);
    expect(await reply.text()).toBe(body);
  });
});
