import { createStreamObserver, SseDecoder, type Dialect, type Endpoint } from '@sallyport/dialects';
import { checkStream } from '@sallyport/testing';
import type { HttpReply } from '../http/http.port';
import type { ProviderCall } from '../provider.port';
import { MockProvider } from './mock.provider';

const REQUEST = { model: 'm', messages: [{ role: 'user', content: 'Grüße, 🚀!  Two  spaces' }] };

const SETTINGS = { endpoints: undefined, chatOnly: false, dropParams: false, defaultMaxTokens: 1 };

function call(
  address: string,
  endpoint: Endpoint,
  request: object,
  changes: Partial<ProviderCall> = {},
): Promise<HttpReply> {
  return new MockProvider(address, SETTINGS).call({
    endpoint,
    method: 'POST',
    subpath: '',
    model: 'm',
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(request)),
    headers: {},
    signal: new AbortController().signal,
    firstByteTimeoutMs: 1_000,
    idleTimeoutMs: 1_000,
    ...changes,
  });
}

async function textOf({ body }: HttpReply): Promise<string> {
  const chunks = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const DIALECTS: readonly Dialect[] = ['openai-chat', 'anthropic-messages', 'openai-responses'];

describe.each(DIALECTS)('mock upstream in %s', (dialect) => {
  it('says back what it was told, the same whole and streamed', async () => {
    const request = dialect === 'openai-responses' ? { model: 'm', input: REQUEST.messages } : REQUEST;
    const whole = await textOf(await call('mock://echo', dialect, request));
    expect(whole).toContain('Grüße, 🚀!  Two  spaces');
    const stream = await textOf(await call('mock://echo', dialect, { ...request, stream: true }));
    const observer = createStreamObserver(dialect);
    const ends = new SseDecoder().push(Buffer.from(stream)).map((event) => observer.observe(event));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(ends.at(-1)).toBe(true);
    expect(JSON.stringify(observer.summary().response)).toContain('Grüße, 🚀!  Two  spaces');
  });

  it.each([
    ['a text', {}],
    ['a tool', { tool_choice: 'required' }],
  ])('streams %s by the grammar of its dialect', async (_, choice) => {
    const parameters = { properties: { a: { type: 'string' } }, required: ['a'] };
    const tools = [{ type: 'function', name: 't', function: { name: 't' }, parameters, input_schema: parameters }];
    const anthropicChoice = dialect === 'anthropic-messages' && 'tool_choice' in choice && { type: 'any' };
    const request = {
      ...{ ...REQUEST, input: REQUEST.messages, tools, stream: true, stream_options: { include_usage: true } },
      ...choice,
      ...(anthropicChoice && { tool_choice: anthropicChoice }),
    };
    expect(checkStream(dialect, await textOf(await call('mock://echo', dialect, request)))).toEqual([]);
  });

  it('answers in its own words, and reads content that comes in parts', async () => {
    const content = [{ type: 'text', text: 'part one' }, { type: 'image' }];
    const reply = await textOf(await call('mock://local', dialect, { messages: [{ role: 'user', content }] }));
    expect(reply).toContain('Hello from the mock upstream. You said: part one');
  });

  it('fails with the status it is given', async () => {
    const reply = await call('mock://fail?status=529', dialect, REQUEST);
    expect([reply.status, await textOf(reply)]).toEqual([529, expect.stringContaining('"error"')]);
  });

  it('ends at once when the caller gives up', async () => {
    const reason = new Error('gone');
    const slow = call('mock://local?ttft_ms=60000', dialect, REQUEST, { signal: AbortSignal.abort(reason) });
    await expect(slow).rejects.toBe(reason);
  });

  it('takes longer than its caller allows', async () => {
    await expect(call('mock://local?ttft_ms=60000', dialect, REQUEST)).rejects.toMatchObject({
      code: 'deadline_exceeded',
    });
  });
});

it('stores nothing', async () => {
  const reply = await call('mock://local', 'openai-responses', {}, { method: 'GET', subpath: '/resp_1' });
  expect([reply.status, await textOf(reply)]).toEqual([404, expect.stringContaining('"error"')]);
});

it.each([{ input: [] }, { input: 3 }, { input: 'a', dimensions: 0 }, { input: 'a', dimensions: 'x' }])(
  'refuses to embed %j',
  async (request) => {
    const reply = await call('mock://local', 'openai-embeddings', request);
    expect([reply.status, await textOf(reply)]).toEqual([400, expect.stringContaining('invalid_request')]);
  },
);

it('serves what it is told to serve', () => {
  const mock = new MockProvider('mock://local', { ...SETTINGS, endpoints: ['anthropic-messages'] });
  expect(mock.endpoints).toEqual(['anthropic-messages']);
  expect(() => new MockProvider('mock://local', { ...SETTINGS, endpoints: ['rerank'] })).toThrow(RangeError);
});
