import { DeploymentOptions, Environment, Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { checkStream, FakeHttp, type FakeHttpReply } from '@sallyport/testing';
import { buffer } from 'node:stream/consumers';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import type { ProviderSettings } from '../provider-settings';
import { laasProvider } from './laas.provider';

const VARIABLES = { LAAS_PROJECT_CODE: 'PRJ', LAAS_API_KEY: 'laas-key', LAAS_PRESET_HASH: 'preset' };
const CLASSIC = {
  id: 'chatcmpl-7',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'HCX-003',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};
const ENNOIA = {
  id: 'run_1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000_123,
  model: 'openai/gpt-5',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo' },
        ],
        tool_calls: [],
      },
      finish_reason: null,
    },
  ],
  session_id: 's-1',
  connector_results: [{ a: 1 }],
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const dataUrl = (mediaType: string, bytes: Uint8Array | number[]): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
const image = (url: string): object => ({ type: 'image_url', image_url: { url } });
const pdf = (pages: number): Buffer =>
  Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Pages /Count ${pages} >>\nendobj\n%%EOF`);

interface Setup {
  readonly params?: Record<string, unknown>;
  readonly variables?: Record<string, string>;
  readonly settings?: Partial<ProviderSettings>;
}

describe(laasProvider.name, () => {
  let http: FakeHttp;
  let abort: AbortController;

  beforeEach(() => {
    http = new FakeHttp();
    http.script(() => ({ json: CLASSIC }));
    abort = new AbortController();
  });

  function provider({ params = {}, variables = VARIABLES, settings = {} }: Setup = {}): Provider {
    return laasProvider(
      {
        apiBase: undefined,
        apiKey: undefined,
        options: new DeploymentOptions({ stream_piece_delay_ms: 0, ...params }),
        extraHeaders: {},
        endpoints: undefined,
        chatOnly: false,
        dropParams: false,
        dropFields: [],
        defaultMaxTokens: 4096,
        ...settings,
      },
      { env: new Environment(variables), http },
    );
  }

  function callOf(body: object): ProviderCall {
    return {
      endpoint: 'openai-chat',
      method: 'POST',
      subpath: '',
      model: 'claude-4-sonnet',
      body: Buffer.from(
        JSON.stringify({ model: 'claude-4-sonnet', messages: [{ role: 'user', content: 'Hi' }], ...body }),
      ),
      contentType: 'application/json',
      headers: { traceparent: '00-1-2-01' },
      signal: abort.signal,
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
    };
  }

  const ask = (body: object, setup?: Setup): Promise<HttpReply> => provider(setup).call(callOf(body));
  const askWith = (content: object[], setup?: Setup): Promise<HttpReply> =>
    ask({ messages: [{ role: 'user', content }] }, setup);
  const text = async (reply: HttpReply): Promise<string> => (await buffer(reply.body)).toString('utf8');
  const json = async (reply: HttpReply): Promise<Record<string, unknown>> =>
    JSON.parse(await text(reply)) as Record<string, unknown>;
  const sent = (): Record<string, unknown> =>
    JSON.parse(Buffer.from(http.requests.at(-1)?.body ?? []).toString('utf8')) as Record<string, unknown>;
  const chunks = (stream: string): Record<string, unknown>[] =>
    stream
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => JSON.parse(frame.slice(6)) as Record<string, unknown>);

  async function refusal(promise: Promise<unknown>): Promise<SallyportError> {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SallyportError)) throw new Error(`no refusal but ${String(error)}`);
    expect(http.requests).toHaveLength(0);
    return error;
  }

  describe('settings', () => {
    it.each([
      [{ LAAS_API_KEY: 'k' }, /LAAS_PROJECT_CODE$/],
      [{ LAAS_PROJECT_CODE: 'p' }, /LAAS_API_KEY$/],
      [{}, /LAAS_PROJECT_CODE and LAAS_API_KEY/],
    ])('does not start without project and key (%j)', (variables, message) => {
      expect(() => provider({ variables })).toThrow(RangeError);
      expect(() => provider({ variables })).toThrow(message);
    });

    it('does not start with a limit that is no number, or params that are no map', () => {
      expect(() => provider({ params: { max_images: 'three' } })).toThrow('max_images must be a whole number');
      expect(() => provider({ params: { params: '[1]' } })).toThrow('params must be a map');
    });

    it('prefers what the deployment says to the variables', async () => {
      const params = {
        hash: 'other',
        project: 'P2',
        params: { tone: 'kind' },
        service_type: 'AWS',
        laas_model: 'HCX-003',
      };
      await ask({}, { params, settings: { apiKey: new Secret('k2'), apiBase: 'https://api.ennoia.so/' } });
      expect(http.requests[0]).toMatchObject({
        url: 'https://api.ennoia.so/api/preset/v2/chat/completions',
        headers: { project: 'P2', apikey: 'k2' },
      });
      expect(sent()).toMatchObject({ hash: 'other', params: { tone: 'kind' }, service_type: 'AWS', model: 'HCX-003' });
    });

    it('takes the address of LAAS_API_URL', async () => {
      const made = provider({ variables: { ...VARIABLES, LAAS_API_URL: 'http://laas.local:81/' } });
      expect(made).toMatchObject({ name: 'laas', apiBase: 'http://laas.local:81', endpoints: ['openai-chat'] });
      await made.call(callOf({}));
      expect(http.requests[0]?.url).toBe('http://laas.local:81/api/preset/v2/chat/completions');
    });

    it('shows no credential when it is printed', () => {
      expect(JSON.stringify(provider())).not.toMatch(/laas-key|PRJ/);
    });
  });

  describe('request', () => {
    it('sends the preset, the messages as parts, and its own headers', async () => {
      await ask({}, { settings: { extraHeaders: { 'x-ennoia-user-id': new Secret('u') } } });
      expect(http.requests[0]).toMatchObject({
        method: 'POST',
        url: 'https://api-laas.wanted.co.kr/api/preset/v2/chat/completions',
        headers: {
          project: 'PRJ',
          apikey: 'laas-key',
          'content-type': 'application/json; charset=utf-8',
          'x-ennoia-user-id': 'u',
          traceparent: '00-1-2-01',
        },
        firstByteTimeoutMs: 111,
        idleTimeoutMs: 222,
      });
      expect(sent()).toEqual({
        hash: 'preset',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      });
    });

    it('puts options at the top level and template variables alone into params', async () => {
      await ask({
        hash: 'mine',
        params: { topic: 'ships' },
        temperature: 0,
        top_p: 0.5,
        max_tokens: 7,
        max_completion_tokens: 9,
        frequency_penalty: -1,
        presence_penalty: 1,
        service_type: 'NCP',
        response_format: { type: 'json_object' },
        user: null,
        n: 1,
        tools: [],
      });
      expect(sent()).toEqual({
        hash: 'mine',
        params: { topic: 'ships' },
        temperature: 0,
        top_p: 0.5,
        max_tokens: 9,
        frequency_penalty: -1,
        presence_penalty: 1,
        service_type: 'NCP',
        response_format: { type: 'json_object' },
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      });
    });

    it('tells what it leaves out', async () => {
      const reply = await ask({ seed: 1, user: 'u', logit_bias: { a: 1 }, 'größe\n\ud800': 1 });
      expect(reply.headers['x-sallyport-dropped-params']).toBe('seed,user,logit_bias,gr?e?');
    });

    it('leaves out what the deployment never sends', async () => {
      await ask({ temperature: 1 }, { settings: { dropFields: ['temperature'] } });
      expect(sent()).not.toHaveProperty('temperature');
    });

    it('needs a preset from somewhere', async () => {
      const { LAAS_PRESET_HASH: _, ...variables } = VARIABLES;
      expect(await refusal(ask({}, { variables }))).toMatchObject({ code: 'invalid_request', param: 'hash' });
    });

    it.each([
      ['a tool role', { messages: [{ role: 'tool', tool_call_id: 'c', content: 'x' }] }, 'messages.0.role'],
      ['calls', { messages: [{ role: 'assistant', content: null, tool_calls: [{}] }] }, 'messages.0.tool_calls'],
      [
        'an old call',
        { messages: [{ role: 'assistant', content: '', function_call: {} }] },
        'messages.0.function_call',
      ],
      ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
      ['a forced tool', { tool_choice: 'required' }, 'tool_choice'],
    ])('refuses %s in LaaS’s words', async (_, body, param) => {
      const message = 'LaaS API does not support tool calls';
      expect(await refusal(ask(body))).toMatchObject({ code: 'dialect_unsupported', message, param });
    });

    it.each(['developer', 'function', 'x'])('refuses the role %s in LaaS’s words', async (role) => {
      expect(await refusal(ask({ messages: [{ role, content: 'x' }] }))).toMatchObject({
        code: 'dialect_unsupported',
        message: `Invalid role '${role}'. Only 'user', 'assistant', 'system' allowed`,
        param: 'messages.0.role',
      });
    });

    it.each([
      ['response_format', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {} } } }],
      ['stop', { stop: ['END'] }],
      ['n', { n: 2 }],
    ])('refuses %s, which would change the answer', async (param, body) => {
      expect(await refusal(ask(body))).toMatchObject({ code: 'dialect_unsupported', param });
    });

    it('leaves out what it would refuse when it is set to', async () => {
      const tools = [{ type: 'function', function: { name: 'f' } }];
      const reply = await ask(
        { tools, stop: 'x', response_format: { type: 'json_schema' } },
        { settings: { dropParams: true } },
      );
      expect(reply.headers['x-sallyport-dropped-params']).toBe('tools,stop,response_format');
      expect(Object.keys(sent())).toEqual(['hash', 'messages']);
    });

    it.each([
      [{ messages: 'x' }, 'messages'],
      [{ messages: [null] }, 'messages.0'],
      [{ messages: [{ role: 3, content: '' }] }, 'messages.0.role'],
      [{ messages: [{ role: 'user' }] }, 'messages.0.content'],
      [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages.0.content.0.text'],
      [{ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'messages.0.content.0.image_url'],
      [{ messages: [{ role: 'user', content: [image('ftp://x')] }] }, 'messages.0.content.0.image_url.url'],
      [{ messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] }, 'messages.0.content.0.file.file_data'],
      [{ temperature: 'hot' }, 'temperature'],
      [{ response_format: 'json' }, 'response_format'],
      [{ params: { a: 1 } }, 'params.a'],
      [{ hash: 1 }, 'hash'],
    ])('refuses the malformed %j', async (body, param) => {
      expect(await refusal(ask(body))).toMatchObject({ code: 'invalid_request', param });
    });
  });

  describe('content', () => {
    it('passes images as they are, whatever part they come in', async () => {
      const png = dataUrl('image/png', [...PNG, 1]);
      const jpeg = dataUrl('image/jpeg', JPEG);
      await askWith([
        { type: 'text', text: 'Look' },
        image(png),
        { type: 'image_url', image_url: 'https://example.com/a.png' },
        { type: 'file', file: { file_data: dataUrl('image/jpg', JPEG) } },
      ]);
      expect(sent()['messages']).toEqual([
        {
          role: 'user',
          content: [{ type: 'text', text: 'Look' }, image(png), image('https://example.com/a.png'), image(jpeg)],
        },
      ]);
    });

    it('makes documents of PDF parts of any form', async () => {
      const url = dataUrl('application/pdf', pdf(20));
      await askWith([
        { type: 'file', file: { filename: 'a.pdf', file_data: url } },
        { type: 'document', document_url: { url } },
        image(url),
      ]);
      const document = { type: 'document', document_url: { url } };
      expect(sent()['messages']).toEqual([{ role: 'user', content: [document, document, document] }]);
    });

    it.each([
      [
        'more than three images',
        Array.from({ length: 4 }, () => image('https://example.com/a.png')),
        /at most 3 images/,
      ],
      ['another format', [image(dataUrl('image/gif', [0x47]))], /not image\/gif/],
      [
        'an image above 4 MB',
        [image(dataUrl('image/png', Buffer.concat([Buffer.from(PNG), Buffer.alloc(4 << 20)])))],
        /4 MB/,
      ],
      [
        'a document above 32 MB',
        [image(dataUrl('application/pdf', Buffer.concat([pdf(1), Buffer.alloc(32 << 20)])))],
        /32 MB/,
      ],
      ['more than 20 pages', [image(dataUrl('application/pdf', pdf(21)))], /at most 20 pages, this one has 21/],
      ['sound', [{ type: 'input_audio', input_audio: {} }], /does not listen/],
      ['a part that is unknown', [{ type: 'video' }], /unknown/],
      ['a file that lies elsewhere', [{ type: 'file', file: { file_id: 'f' } }], /another service/],
    ])('refuses %s before the call', async (_, content, message) => {
      const error = await refusal(askWith(content));
      expect(error).toMatchObject({ code: 'dialect_unsupported', message: expect.stringMatching(message) as string });
      expect(error.param).toMatch(/^messages\.0\.content/);
    });

    it('leaves it to LaaS whether content is what it is called', async () => {
      const parts = [image(dataUrl('image/png', JPEG)), image(dataUrl('application/pdf', PNG))];
      expect((await askWith(parts)).status).toBe(200);
    });

    it('has limits that can be set', async () => {
      const params = { max_images: 1, max_image_bytes: 8, max_document_bytes: 10, max_document_pages: 1 };
      const url = 'https://example.com/a.png';
      expect(await refusal(askWith([image(url), image(url)], { params }))).toMatchObject({
        message: /at most 1 images/,
      });
      expect(await refusal(askWith([image(dataUrl('image/png', [...PNG, 1]))], { params }))).toMatchObject({
        message: /8 bytes/,
      });
      expect(await refusal(askWith([image(dataUrl('application/pdf', pdf(1)))], { params }))).toMatchObject({
        message: /10 bytes/,
      });
    });
  });

  describe('whole reply', () => {
    it('passes a classic reply under the requested name', async () => {
      const reply = await ask({ model: 'claude-4-sonnet' });
      expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
      expect(await json(reply)).toMatchObject({
        ...CLASSIC,
        model: 'claude-4-sonnet',
        usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
      });
    });

    it('brings a reply of ennoia into form', async () => {
      http.script(() => ({ json: ENNOIA }));
      const body = await json(await ask({}));
      expect(body).toMatchObject({
        id: 'run_1',
        object: 'chat.completion',
        created: 1_700_000_000,
        model: 'claude-4-sonnet',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        session_id: 's-1',
        connector_results: [{ a: 1 }],
      });
      expect(body).not.toHaveProperty('usage');
      expect(body).not.toHaveProperty('choices.0.message.tool_calls');
    });

    it.each([
      ['length', 'length'],
      ['content_filter', 'content_filter'],
      ['tool_calls', 'stop'],
      ['eos', 'stop'],
      [null, 'stop'],
    ])('understands the finish reason %s', async (finish_reason, expected) => {
      http.script(() => ({ json: { ...CLASSIC, choices: [{ ...CLASSIC.choices[0], finish_reason }] } }));
      expect(await json(await ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
    });
  });

  describe('errors', () => {
    it.each([
      [
        401,
        { error: 'Unauthorized', message: 'no such key' },
        'authentication_error',
        'LaaS API HTTP error: no such key',
      ],
      [429, { error: { message: 'slow down' } }, 'rate_limit_error', 'LaaS API HTTP error: slow down'],
      [500, {}, 'server_error', 'LaaS API HTTP error: The upstream failed with status 500'],
    ])('passes the status %i on', async (status, body, type, message) => {
      http.script(() => ({ status, json: body, headers: { 'retry-after': '3', 'content-length': '9' } }));
      for (const stream of [false, true]) {
        const reply = await ask({ stream });
        expect(reply.status).toBe(status);
        expect(reply.headers).toEqual({ 'retry-after': '3', 'content-type': 'application/json' });
        expect(await json(reply)).toMatchObject({ error: { type, message, param: null } });
      }
    });

    it('names the MCP connection that is missing', async () => {
      http.script(() => ({ status: 400, json: { error_type: 'MCP_CONNECTION_REQUIRED', message: 'connect first' } }));
      expect(await json(await ask({}))).toMatchObject({
        error: { code: 'MCP_CONNECTION_REQUIRED', message: 'LaaS API HTTP error: connect first' },
      });
    });

    it.each<[string, FakeHttpReply]>([
      ['200 without choices', { json: { error: 'x', message: 'y' } }],
      ['200 with an empty list', { json: { ...CLASSIC, choices: [] } }],
      ['200 that is no JSON', { chunks: ['<html>'] }],
      ['a redirect', { status: 302 }],
    ])('fails on %s so that another upstream may be tried', async (_, reply) => {
      http.script(() => reply);
      await expect(ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    });

    it('fails on a reply that is too large', async () => {
      await expect(ask({}, { params: { max_reply_bytes: 10 } })).rejects.toMatchObject({ code: 'upstream_failed' });
    });

    it('hands on what the network says', async () => {
      const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
      http.script(() => Promise.reject(failure));
      await expect(ask({})).rejects.toBe(failure);
      await expect(ask({ stream: true })).rejects.toBe(failure);
    });

    it('serves nothing but chat', async () => {
      await expect(provider().call({ ...callOf({}), endpoint: 'openai-embeddings' })).rejects.toThrow(TypeError);
    });
  });

  describe('stream in pieces', () => {
    const streamOf = async (body: object, reply: object = CLASSIC, setup: Setup = {}): Promise<string> => {
      http.script(() => ({ json: reply }));
      const answer = await ask({ stream: true, ...body }, setup);
      expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
      return text(answer);
    };
    const contentOf = (frames: Record<string, unknown>[]): string[] =>
      frames.flatMap((frame) => {
        const [choice] = frame['choices'] as { delta: { content?: string } }[];
        return choice?.delta.content ? [choice.delta.content] : [];
      });

    it('obeys the grammar, ends with usage when it is asked for, and sends LaaS no stream', async () => {
      const stream = await streamOf({ stream_options: { include_usage: true } });
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(stream.endsWith('data: [DONE]\n\n')).toBe(true);
      expect(chunks(stream).at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 5 } });
      expect(chunks(stream).at(-2)).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] });
      expect(sent()).not.toHaveProperty('stream');
      expect(new Set(chunks(stream).map(({ model }) => model))).toEqual(new Set(['claude-4-sonnet']));
    });

    it.each([
      [7, 7],
      [30, 30],
      [31, 16],
      [300, 30],
      [301, 28],
    ])('cuts %i characters into %i pieces, none of them in two', async (length, pieces) => {
      const content = '😀'.repeat(length);
      const reply = { ...CLASSIC, choices: [{ index: 0, message: { role: 'assistant', content } }] };
      const frames = chunks(await streamOf({}, reply));
      expect(contentOf(frames)).toHaveLength(pieces);
      expect(contentOf(frames).join('')).toBe(content);
      expect(frames.some((frame) => 'usage' in frame)).toBe(false);
    });

    it('streams a reply of ennoia, and one that says nothing', async () => {
      const stream = await streamOf({}, ENNOIA);
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(contentOf(chunks(stream)).join('')).toBe('Hello');
      const empty = { choices: [{ index: 0, message: { role: 'assistant', content: '' } }] };
      expect(checkStream('openai-chat', await streamOf({}, empty))).toEqual([]);
    });

    it('begins before a slow answer is there, and fails in the stream then', async () => {
      let answer: (reply: FakeHttpReply) => void = () => undefined;
      http.script(() => new Promise((resolve) => (answer = resolve)));
      const slow = { params: { stream_patience_ms: 0 } };
      const reply = await ask({ stream: true }, slow);
      expect(reply.status).toBe(200);
      answer({ json: CLASSIC });
      expect(checkStream('openai-chat', await text(reply))).toEqual([]);

      const refused = await ask({ stream: true }, slow);
      answer({ status: 429, json: { message: 'slow down' } });
      const stream = await text(refused);
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(chunks(stream)).toEqual([
        { error: { message: 'LaaS API HTTP error: slow down', type: 'rate_limit_error', param: null, code: null } },
      ]);
    });

    it('throws in the stream when the network fails behind its beginning', async () => {
      let fail: (error: Error) => void = () => undefined;
      http.script(() => new Promise((_, reject) => (fail = reject)));
      const reply = await ask({ stream: true }, { params: { stream_patience_ms: 0 } });
      const failure = new SallyportError('upstream_failed', 'gone', { retryable: true });
      fail(failure);
      await expect(text(reply)).rejects.toBe(failure);
    });

    it('stops when the client goes', async () => {
      const reply = await ask({ stream: true }, { params: { stream_piece_delay_ms: 60_000 } });
      const reading = text(reply);
      const reason = new Error('gone');
      abort.abort(reason);
      await expect(reading).rejects.toBe(reason);
    });
  });

  describe('stream of LaaS itself', () => {
    const native = { params: { stream_native: true } };
    const HEADERS = { 'content-type': 'text/event-stream' };
    const frame = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
    const chunk = (content: unknown, finish_reason: string | null = null): string =>
      frame({
        id: 'x',
        object: 'chat.completion.chunk',
        created: 1_700_000_000_123,
        model: 'openai/gpt-5',
        choices: [{ index: 0, delta: { role: 'assistant', content, tool_calls: [] }, finish_reason }],
      });
    const STREAM =
      chunk('Grüß ') + chunk([{ type: 'text', text: 'Gott 😀' }]) + chunk('', 'tool_calls') + 'data: [DONE]\n\n';

    it('asks for it and brings it into form, wherever it is cut', async () => {
      const bytes = Buffer.from(STREAM);
      let expected: string | undefined;
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        http.script(() => ({ headers: HEADERS, chunks: [bytes.subarray(0, cut), bytes.subarray(cut)] }));
        const stream = (await text(await ask({ stream: true }, native))).replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1');
        expect((expected ??= stream)).toBe(stream);
      }
      expect(sent()).toMatchObject({ stream: true });
      expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
      expect(chunks(expected ?? '')).toMatchObject([
        { created: 1_700_000_000, model: 'claude-4-sonnet', choices: [{ delta: { role: 'assistant' } }] },
        { choices: [{ delta: { content: 'Grüß ' } }] },
        { choices: [{ delta: { content: 'Gott 😀' } }] },
        { choices: [{ finish_reason: 'stop' }] },
      ]);
    });

    it('fails when it ends too early, and hands on a failure of its own', async () => {
      http.script(() => ({ headers: HEADERS, chunks: [chunk('Hi')] }));
      await expect(text(await ask({ stream: true }, native))).rejects.toMatchObject({ code: 'upstream_interrupted' });
      http.script(() => ({
        headers: HEADERS,
        chunks: [chunk('Hi'), frame({ error: { message: 'broken' } }), chunk('no')],
      }));
      const stream = await text(await ask({ stream: true }, native));
      expect(chunks(stream).at(-1)).toMatchObject({ error: { message: 'broken' } });
    });

    it('cuts a whole reply into pieces when LaaS does not stream after all', async () => {
      expect(checkStream('openai-chat', await text(await ask({ stream: true }, native)))).toEqual([]);
    });
  });
});
