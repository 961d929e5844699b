import { DeploymentOptions, Environment, Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { checkStream, FakeHttp, type FakeHttpReply } from '@sallyport/testing';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import type { ProviderSettings } from '../provider-settings';
import { cohereProvider } from './cohere.provider';

// Wire forms: https://docs.cohere.com/v2/reference/chat and chat-stream
const TEXT = {
  id: 'gen-1',
  finish_reason: 'COMPLETE',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  usage: { billed_units: { input_tokens: 2, output_tokens: 3 }, tokens: { input_tokens: 12, output_tokens: 3 } },
};
const WEATHER = {
  type: 'function',
  function: { name: 'weather', description: 'Tells it', parameters: { type: 'object', properties: { city: {} } } },
};
const frame = (event: object): string => `event: x\ndata: ${JSON.stringify(event)}\n\n`;
const delta = (type: string, message: object, index = 0): string => frame({ type, index, delta: { message } });
const END = frame({
  type: 'message-end',
  delta: { finish_reason: 'COMPLETE', usage: { tokens: { input_tokens: 12, output_tokens: 3 } } },
});
const STREAM = [
  frame({ type: 'message-start', id: 'm-1' }),
  delta('content-start', { content: { type: 'thinking', thinking: '' } }),
  delta('content-delta', { content: { thinking: 'Hm' } }),
  frame({ type: 'content-end', index: 0 }),
  delta('content-start', { content: { type: 'text', text: '' } }, 1),
  delta('content-delta', { content: { text: 'Grüß ' } }, 1),
  delta('content-delta', { content: { text: 'Gott 😀' } }, 1),
  frame({ type: 'content-end', index: 1 }),
  END,
].join('');

describe(cohereProvider.name, () => {
  let http: FakeHttp;
  let abort: AbortController;

  beforeEach(() => {
    http = new FakeHttp();
    http.script(() => ({ json: TEXT }));
    abort = new AbortController();
  });

  const provider = (settings: Partial<ProviderSettings> = {}, variables = { COHERE_API_KEY: 'co-key' }): Provider =>
    cohereProvider({ ...settingsOf(), ...settings }, { env: new Environment(variables), http });

  function callOf(body: object, changes: Partial<ProviderCall> = {}): ProviderCall {
    return {
      endpoint: 'openai-chat',
      method: 'POST',
      subpath: '',
      model: 'command-a-03-2025',
      body: Buffer.from(
        JSON.stringify({ model: 'command-a-03-2025', messages: [{ role: 'user', content: 'Hi' }], ...body }),
      ),
      contentType: 'application/json',
      headers: { traceparent: '00-1-2-01', accept: '*/*', 'openai-beta': 'x', 'user-agent': 'client/1' },
      signal: abort.signal,
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
      ...changes,
    };
  }

  const ask = (body: object, settings?: Partial<ProviderSettings>): Promise<HttpReply> =>
    provider(settings).call(callOf(body));
  const text = async (reply: HttpReply): Promise<string> => (await buffer(reply.body)).toString('utf8');
  const json = async (reply: HttpReply): Promise<unknown> => JSON.parse(await text(reply)) as unknown;
  const sent = (): unknown => JSON.parse(Buffer.from(http.requests.at(-1)?.body ?? []).toString('utf8')) as unknown;
  const chunks = (stream: string): unknown[] =>
    stream
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as unknown);
  const streamed = (...parts: (string | Uint8Array)[]): void =>
    http.script(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: parts }));

  describe('settings', () => {
    it('does not start without a key', () => {
      expect(() => cohereProvider(settingsOf(), { env: new Environment({}), http })).toThrow(/needs COHERE_API_KEY/);
    });

    it('serves what the operator says', () => {
      expect(provider()).toMatchObject({ name: 'cohere', apiBase: 'https://api.cohere.com/v2' });
      expect(provider().endpoints).toEqual(['openai-chat', 'openai-embeddings']);
      expect(provider({ endpoints: ['openai-embeddings'] }).endpoints).toEqual(['openai-embeddings']);
      expect(() => provider({ endpoints: ['rerank'] })).toThrow(RangeError);
    });

    it('shows no credential when it is printed', () => {
      expect(JSON.stringify(provider())).not.toMatch(/co-key/);
    });
  });

  describe('request', () => {
    it('goes to the address with the key, the limits and the client’s trace', async () => {
      await ask(
        {},
        { apiBase: 'http://co.local/v2/', apiKey: new Secret('own'), extraHeaders: { 'x-a': new Secret('b') } },
      );
      expect(http.requests[0]).toMatchObject({
        method: 'POST',
        url: 'http://co.local/v2/chat',
        firstByteTimeoutMs: 111,
        idleTimeoutMs: 222,
        headers: {
          authorization: 'Bearer own',
          traceparent: '00-1-2-01',
          'x-a': 'b',
          'content-type': 'application/json',
        },
      });
      expect(http.requests[0]?.headers).not.toHaveProperty('openai-beta');
      expect(http.requests[0]?.headers['user-agent']).toMatch(/^client\/1 /);
    });

    it('carries settings, tools and every kind of message', async () => {
      await ask({
        max_completion_tokens: 9,
        max_tokens: 7,
        temperature: 0,
        top_p: 0.5,
        top_k: 3,
        seed: 4,
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        stop: 'END',
        tools: [WEATHER],
        tool_choice: 'required',
        response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } },
        messages: [
          {
            role: 'developer',
            content: [
              { type: 'text', text: 'Be' },
              { type: 'text', text: 'kind' },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: 'https://example.com/a.PNG' } },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
              { id: 'b', type: 'function', function: { name: 'weather', arguments: '' } },
            ],
          },
          { role: 'tool', tool_call_id: 'a', content: 'sun' },
          {
            role: 'tool',
            tool_call_id: 'b',
            content: [
              { type: 'text', text: 'ra' },
              { type: 'text', text: 'in' },
            ],
          },
          { role: 'system', content: 'Later' },
        ],
      });
      expect(sent()).toEqual({
        model: 'command-a-03-2025',
        max_tokens: 9,
        temperature: 0,
        p: 0.5,
        k: 3,
        seed: 4,
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        stop_sequences: ['END'],
        tools: [WEATHER],
        tool_choice: 'REQUIRED',
        response_format: { type: 'json_object', json_schema: { type: 'object' } },
        messages: [
          { role: 'system', content: 'Be\n\nkind' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: 'https://example.com/a.PNG' } },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
              { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'a', content: 'sun' },
          { role: 'tool', tool_call_id: 'b', content: 'rain' },
          { role: 'system', content: 'Later' },
        ],
      });
    });

    it.each([
      ['none', { type: 'disabled' }],
      ['high', { type: 'enabled', token_budget: 4096 }],
    ])('asks a reasoning model for the effort %s', async (reasoning_effort, thinking) => {
      await provider().call(callOf({ reasoning_effort }, { model: 'command-a-reasoning-08-2025' }));
      expect(sent()).toMatchObject({ thinking });
      await ask({ reasoning_effort });
      expect(sent()).not.toHaveProperty('thinking');
    });

    it('takes the text of a document, and no PDF', async () => {
      const file = (type: string): object => ({
        messages: [
          { role: 'user', content: [{ type: 'file', file: { filename: 'a', file_data: `data:${type};base64,SGk=` } }] },
        ],
      });
      await ask(file('text/plain'));
      expect(sent()).toMatchObject({ documents: [{ data: { text: 'Hi', title: 'a' } }] });
      await expect(ask(file('application/pdf'))).rejects.toMatchObject({
        code: 'dialect_unsupported',
        message: expect.stringContaining('application/pdf') as string,
      });
      expect(http.requests).toHaveLength(1);
    });

    it('tells what it leaves out', async () => {
      const reply = await ask({ user: 'u', logit_bias: { a: 1 }, parallel_tool_calls: false });
      expect(reply.headers['x-sallyport-dropped-params']).toBe('user,logit_bias');
    });

    it.each([
      [{ n: 2 }, 'dialect_unsupported', 'n'],
      [{ tools: [WEATHER], parallel_tool_calls: false }, 'dialect_unsupported', 'parallel_tool_calls'],
      [{ tools: [{ type: 'web_search' }] }, 'dialect_unsupported', 'tools.0'],
      [{ tools: [WEATHER], tool_choice: { type: 'allowed_tools' } }, 'dialect_unsupported', 'tool_choice'],
      [{ response_format: { type: 'grammar' } }, 'dialect_unsupported', 'response_format'],
      [{ messages: [{ role: 'critic', content: 'x' }] }, 'dialect_unsupported', 'messages.0.role'],
      [{ messages: [{ role: 'user', content: [{ type: 'video' }] }] }, 'dialect_unsupported', 'messages.0.content.0'],
      [{ messages: [{ role: 'user' }] }, 'invalid_request', 'messages.0.content'],
      [{ messages: [{ role: 'tool', tool_call_id: 'x', content: '' }] }, 'invalid_request', 'messages.0.tool_call_id'],
      [
        { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] },
        'invalid_request',
        'messages.0.content.0.file.file_data',
      ],
      [
        { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }] },
        'invalid_request',
        'messages.0.content.0.image_url.url',
      ],
      [
        { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{' } }] }] },
        'invalid_request',
        'messages.0.tool_calls.0.function.arguments',
      ],
      [{ stop: [1] }, 'invalid_request', 'stop'],
      [{ temperature: '1' }, 'invalid_request', 'temperature'],
      [{ tools: [WEATHER], tool_choice: 7 }, 'invalid_request', 'tool_choice'],
    ])('refuses %j before any call', async (body, code, param) => {
      await expect(ask(body)).rejects.toMatchObject({ code, param });
      expect(http.requests).toHaveLength(0);
    });
  });

  describe('whole reply', () => {
    it('becomes a chat completion', async () => {
      const reply = await ask({});
      expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
      expect(await json(reply)).toMatchObject({
        id: expect.stringMatching(/^chatcmpl-/) as string,
        object: 'chat.completion',
        model: 'command-a-03-2025',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello', refusal: null } }],
        usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      });
    });

    it('tells thoughts and calls from text', async () => {
      const call = { id: 'a', type: 'function', function: { name: 'weather', arguments: 'null' } };
      const message = { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm' }], tool_calls: [call] };
      http.script(() => ({ json: { ...TEXT, finish_reason: 'TOOL_CALL', message } }));
      expect(await json(await ask({}))).toMatchObject({
        choices: [
          {
            finish_reason: 'tool_calls',
            message: {
              content: null,
              reasoning_content: 'Hm',
              tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
            },
          },
        ],
      });
    });

    it.each([
      ['MAX_TOKENS', 'length'],
      ['STOP_SEQUENCE', 'stop'],
      ['SOMETHING_NEW', 'stop'],
    ])('understands %s', async (finish_reason, expected) => {
      http.script(() => ({ json: { ...TEXT, finish_reason } }));
      expect(await json(await ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
    });

    it('fails when the model did', async () => {
      http.script(() => ({ json: { ...TEXT, finish_reason: 'ERROR' } }));
      await expect(ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    });
  });

  describe('stream', () => {
    it('is the same, wherever it is cut', async () => {
      const bytes = Buffer.from(STREAM);
      let expected: string | undefined;
      for (let cut = 0; cut <= bytes.length; cut += 7) {
        streamed(bytes.subarray(0, cut), bytes.subarray(cut));
        const stream = await text(await ask({ stream: true, stream_options: { include_usage: true } }));
        const plain = stream.replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1').replaceAll(/"created":\d+/g, '"created":1');
        expect((expected ??= plain)).toBe(plain);
      }
      expect(sent()).toMatchObject({ stream: true });
      expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
      expect(chunks(expected ?? '')).toMatchObject([
        { choices: [{ delta: { role: 'assistant' } }], usage: null },
        { choices: [{ delta: { reasoning_content: 'Hm' } }] },
        { choices: [{ delta: { content: 'Grüß ' } }] },
        { choices: [{ delta: { content: 'Gott 😀' } }] },
        { choices: [{ delta: {}, finish_reason: 'stop' }] },
        { choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } },
      ]);
    });

    it('counts its calls, with arguments in pieces or none', async () => {
      const start = (id: string): string =>
        delta('tool-call-start', {
          tool_calls: { id, type: 'function', function: { name: 'weather', arguments: '' } },
        });
      const piece = (args: string): string =>
        delta('tool-call-delta', { tool_calls: { function: { arguments: args } } });
      const stop = frame({ type: 'tool-call-end', index: 0 });
      const end = END.replace('COMPLETE', 'TOOL_CALL');
      streamed(start('a'), piece('{"ci'), piece('ty":1}'), stop, start('b'), stop, end);
      const stream = await text(await ask({ stream: true }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      const calls = chunks(stream).flatMap((chunk) => {
        const { choices } = chunk as { choices: { delta: { tool_calls?: unknown[] } }[] };
        return choices[0]?.delta.tool_calls ?? [];
      });
      expect(calls).toMatchObject([
        { index: 0, id: 'a', function: { name: 'weather', arguments: '' } },
        { index: 0, function: { arguments: '{"ci' } },
        { index: 0, function: { arguments: 'ty":1}' } },
        { index: 1, id: 'b', function: { name: 'weather', arguments: '' } },
        { index: 1, function: { arguments: '{}' } },
      ]);
    });

    it('that ends too early is no reply', async () => {
      streamed(STREAM.replace(END, ''));
      await expect(text(await ask({ stream: true }))).rejects.toMatchObject({
        code: 'upstream_interrupted',
        retryable: true,
      });
      streamed('');
      await expect(ask({ stream: true })).rejects.toMatchObject({ code: 'upstream_interrupted' });
    });

    it('that breaks off fails with what the network says', async () => {
      const breaks = new SallyportError('upstream_interrupted', 'broken', { retryable: true });
      const headers = { 'content-type': 'text/event-stream' };
      http.script(() => ({ headers, chunks: [STREAM.replace(END, '')], breaks }));
      await expect(ask({ stream: true }).then(text)).rejects.toBe(breaks);
      http.script(() => ({ headers, chunks: [], breaks }));
      await expect(ask({ stream: true })).rejects.toBe(breaks);
    });

    it('that cannot be read ends in an error', async () => {
      streamed(STREAM.replace(END, 'data: {"type":"content-delta"}\n\n'), END);
      const stream = await text(await ask({ stream: true }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(chunks(stream).at(-1)).toEqual({
        error: { message: 'The upstream sent what cannot be read', type: 'server_error', param: null, code: null },
      });
    });

    it('stops with the client, before and behind its beginning', async () => {
      const headers = { 'content-type': 'text/event-stream' };
      http.script(() => ({ headers, chunks: [STREAM.replace(END, '')], stalls: true }));
      const reading = text(await ask({ stream: true }));
      const reason = new Error('gone');
      abort.abort(reason);
      await expect(reading).rejects.toBe(reason);
      await expect(ask({ stream: true })).rejects.toBe(reason);
    });

    it('lets go of the connection when the client leaves', async () => {
      let closed = false;
      const body = async function* (): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield await Promise.resolve(Buffer.from(delta('content-delta', { content: { text: 'a' } })));
        } finally {
          closed = true;
        }
      };
      const headers = { 'content-type': 'text/event-stream' };
      const port = { send: () => Promise.resolve({ status: 200, headers, body: body() }) };
      const made = cohereProvider(
        { ...settingsOf(), apiKey: new Secret('k') },
        { env: new Environment({}), http: port },
      );
      for await (const chunk of (await made.call(callOf({ stream: true }))).body) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      // The streams in between pass it on one by one.
      await setImmediate();
      expect(closed).toBe(true);
    });
  });

  describe('errors', () => {
    it.each([
      [401, 'authentication_error'],
      [404, 'invalid_request_error'],
      [429, 'rate_limit_error'],
      [500, 'server_error'],
    ])('passes the status %i on, streamed or not', async (status, type) => {
      const headers = { 'retry-after': '3', 'content-length': '5', 'content-type': 'application/json' };
      http.script(() => ({ status, json: { id: 'x', message: 'no way' }, headers }));
      for (const stream of [false, true]) {
        const reply = await ask({ stream });
        expect(reply).toMatchObject({ status, headers: { 'retry-after': '3', 'content-type': 'application/json' } });
        expect(reply.headers).not.toHaveProperty('content-length');
        expect(await json(reply)).toEqual({ error: { message: 'no way', type, param: null, code: null } });
      }
    });

    it('says something of an error without a message', async () => {
      http.script(() => ({ status: 503, chunks: ['<html>busy</html>'] }));
      expect(await json(await ask({}))).toMatchObject({ error: { message: 'The upstream failed with status 503' } });
    });

    it.each<[string, FakeHttpReply]>([
      ['no JSON', { chunks: ['hello'] }],
      ['another JSON', { json: { a: 1 } }],
      ['a redirect', { status: 302, json: {} }],
      ['no status', { status: 100 }],
    ])('fails on %s so that another upstream may be tried', async (_, reply) => {
      http.script(() => reply);
      await expect(ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    });

    it('hands on what the network says', async () => {
      const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
      http.script(() => Promise.reject(failure));
      await expect(ask({})).rejects.toBe(failure);
    });

    it('serves what it says', async () => {
      await expect(provider().call(callOf({}, { endpoint: 'rerank' }))).rejects.toThrow(TypeError);
    });
  });

  describe('embeddings', () => {
    const embed = (body: object): Promise<HttpReply> =>
      provider().call(callOf({ messages: undefined, ...body }, { endpoint: 'openai-embeddings', model: 'embed-v4.0' }));

    it('asks in as many calls as it takes', async () => {
      http.script(({ body }) => {
        const { texts } = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as { texts: string[] };
        const float = texts.map((item) => [Number(item), 0.5]);
        return { json: { embeddings: { float }, meta: { billed_units: { input_tokens: texts.length } } } };
      });
      const input = Array.from({ length: 100 }, (_, index) => String(index));
      const reply = await embed({ input, dimensions: 256, input_type: 'search_document', model: 'embed-v4.0' });
      expect(http.requests.map(({ url }) => url)).toEqual(Array(2).fill('https://api.cohere.com/v2/embed'));
      expect(sent()).toMatchObject({ model: 'embed-v4.0', output_dimension: 256, input_type: 'search_document' });
      const body = (await json(reply)) as { data: unknown[] };
      expect(body).toMatchObject({
        object: 'list',
        model: 'embed-v4.0',
        usage: { prompt_tokens: 100, total_tokens: 100 },
      });
      expect(body.data).toHaveLength(100);
      expect(body.data[99]).toEqual({ object: 'embedding', index: 99, embedding: [99, 0.5] });
    });

    it.each([
      [{ input: [1, 2] }, 'dialect_unsupported'],
      [{ input: [[1], [2]] }, 'dialect_unsupported'],
      [{ input: [] }, 'invalid_request'],
      [{}, 'invalid_request'],
      [{ input: 'x', dimensions: 3 }, 'dialect_unsupported'],
    ])('refuses %j', async (body, code) => {
      await expect(embed(body)).rejects.toMatchObject({ code });
      expect(http.requests).toHaveLength(0);
    });
  });

  function settingsOf(): ProviderSettings {
    return {
      apiBase: undefined,
      apiKey: undefined,
      options: new DeploymentOptions({}),
      extraHeaders: {},
      endpoints: undefined,
      chatOnly: false,
      dropParams: false,
      dropFields: [],
      defaultMaxTokens: 4096,
    };
  }
});
