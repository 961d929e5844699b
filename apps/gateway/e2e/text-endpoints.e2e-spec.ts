import { openAiReply } from '@sallyport/testing';
import OpenAI, { AzureOpenAI } from 'openai';
import { endpointStage } from './endpoint-stage';
import { KEY } from './gateway-harness';

const MESSAGES = [{ role: 'user' as const, content: 'hi' }];
const FLOATS = [0.5, -2];
const BASE64 = 'AAAAPwAAAMA=';
const embeddings = (embedding: unknown): object => ({
  object: 'list',
  model: 'm',
  data: [{ object: 'embedding', index: 0, embedding }],
  usage: { prompt_tokens: 2, total_tokens: 2 },
});
const completion = (text: string, finish_reason: string | null = 'stop'): object => ({
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, text, finish_reason, logprobs: null }],
});

describe('endpoints for text', () => {
  const stage = endpointStage();
  const { answer, called, post, refusal, seen } = stage;

  it.each([
    '/chat/completions',
    '/v1/chat/completions',
    '/engines/gpt/chat/completions',
    '/v1/engines/gpt/chat/completions',
    '/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
  ])('takes a chat at %s', async (path) => {
    answer({ body: openAiReply('hello') });
    const named = /gpt/.test(path) ? {} : { model: 'gpt' };
    expect((await post(path, { ...named, messages: MESSAGES })).status).toBe(200);
    expect(called()).toBe('POST /v1/chat/completions');
    expect(JSON.parse(String(seen().body))).toMatchObject({ model: 'gpt', messages: MESSAGES });
  });

  it('takes the chats and embeddings of Azure’s client', async () => {
    const azure = new AzureOpenAI({
      endpoint: stage.gateway.url,
      apiKey: KEY,
      apiVersion: '2024-10-21',
      maxRetries: 0,
    });
    answer({ body: openAiReply('hello') });
    const chat = await azure.chat.completions.create({ model: 'gpt', messages: MESSAGES });
    expect(chat.choices[0]?.message.content).toBe('hello');
    answer({ body: embeddings(FLOATS) });
    const { data } = await azure.embeddings.create({ model: 'gpt', input: 'hi' });
    expect(data[0]?.embedding).toEqual(FLOATS);
    answer({ body: openAiReply('hello') });
    expect((await azure.responses.create({ model: 'gpt', input: 'hi' })).output_text).toBe('hello');
  });

  it('completes a text, streamed and not, and records it', async () => {
    answer({ body: completion('once upon a time') });
    const whole = await stage.openai.completions.create({ model: 'gpt/instruct', prompt: [1, 2], max_tokens: 5 });
    expect(whole.choices[0]?.text).toBe('once upon a time');
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'instruct', prompt: [1, 2], max_tokens: 5 });
    const events = [completion('once ', null), completion('upon')].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    answer({ chunks: [...events, 'data: [DONE]\n\n'] });
    const texts = [];
    const stream = await stage.openai.completions.create({ model: 'gpt', prompt: 'x', stream: true });
    for await (const { choices } of stream) texts.push(choices[0]?.text);
    expect(texts.join('')).toBe('once upon');
    expect(stage.gateway.records).toHaveLength(2);
    expect(JSON.stringify(stage.gateway.records[1]?.response)).toContain('once upon');
  });

  it('ends a torn completion stream with an error', async () => {
    answer({ chunks: [`data: ${JSON.stringify(completion('once ', null))}\n\n`], fault: 'truncate' });
    const stream = await stage.openai.completions.create({ model: 'gpt', prompt: 'x', stream: true });
    const read = async (): Promise<void> => {
      for await (const chunk of stream) expect(chunk.choices[0]?.text).toBe('once ');
    };
    await expect(read()).rejects.toThrow(OpenAI.APIError);
  });

  it.each([['text'], [['two', 'texts']], [[1, 2, 3]], [[[1, 2], [3]]]])('embeds %j as it came', async (input) => {
    answer({ body: embeddings(FLOATS) });
    const { data } = await stage.openai.embeddings.create({ model: 'gpt', input });
    expect(data[0]?.embedding).toEqual(FLOATS);
    expect(called()).toBe('POST /v1/embeddings');
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'gpt', input, encoding_format: 'base64' });
    expect(stage.gateway.records).toMatchObject([{ response: { data: '1 embeddings' } }]);
  });

  it.each([
    ['base64', FLOATS, BASE64],
    ['base64', BASE64, BASE64],
    ['float', BASE64, FLOATS],
    [undefined, BASE64, FLOATS],
    [null, FLOATS, FLOATS],
  ])('gives embeddings in the format that was asked for: %s', async (encoding_format, sent, expected) => {
    answer({ body: embeddings(sent) });
    const reply = await post('/embeddings', { model: 'gpt', input: 'hi', encoding_format });
    expect(await reply.json()).toEqual(embeddings(expected));
  });

  it('refuses embeddings of a model that has none, with a reason', async () => {
    expect(await refusal(await post('/v1/embeddings', { model: 'claude', input: 'hi' }))).toMatchObject([
      400,
      { error: { code: 'dialect_unsupported', param: 'model', type: 'invalid_request_error' } },
    ]);
    expect(stage.upstream.requests).toEqual([]);
  });

  it.each([
    ['/v1/chat/completions', { messages: MESSAGES }, 'model'],
    ['/completions', { prompt: 'x' }, 'model'],
    ['/embeddings', { input: 'x' }, 'model'],
    ['/embeddings', { model: 'gpt' }, 'input'],
    ['/embeddings', { model: 'gpt', input: [] }, 'input'],
    ['/embeddings', { model: 'gpt', input: ['x', 1] }, 'input'],
    ['/v1/moderations', { model: 'gpt' }, 'input'],
    ['/v1/rerank', { model: 'gpt', query: 'x', documents: [] }, 'documents'],
    ['/v1/batches', { endpoint: '/v1/x', completion_window: '24h' }, 'input_file_id'],
  ])('refuses at %s what misses a field: %j', async (path, body, param) => {
    expect(await refusal(await post(path, body))).toMatchObject([422, { error: { code: 'invalid_request', param } }]);
  });
});
