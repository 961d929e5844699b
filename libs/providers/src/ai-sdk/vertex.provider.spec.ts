import { DeploymentOptions, Environment } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { checkStream, FakeHttp, type FakeHttpReply, type FakeHttpRequest } from '@sallyport/testing';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { vertexProvider } from './vertex.provider';

// Wire forms: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ACCOUNT = {
  type: 'service_account',
  project_id: 'proj',
  private_key_id: 'kid-1',
  private_key: privateKey,
  client_email: 'bot@proj.iam.gserviceaccount.com',
  token_uri: 'https://attacker.example/token',
};
const USAGE = {
  promptTokenCount: 10,
  candidatesTokenCount: 3,
  thoughtsTokenCount: 2,
  cachedContentTokenCount: 4,
  totalTokenCount: 15,
};
const reply = (parts: object[], finishReason?: string): object => ({
  responseId: 'r-1',
  candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason && { finishReason }) }],
  usageMetadata: USAGE,
});
const frame = (value: object): string => `data: ${JSON.stringify(value)}\r\n\r\n`;
const STREAM =
  frame(reply([{ text: 'Hm', thought: true }])) +
  frame(reply([{ text: 'Grüß ' }])) +
  frame(reply([{ text: 'Gott 😀' }])) +
  frame(reply([], 'STOP'));

describe(vertexProvider.name, () => {
  let http: FakeHttp;
  let tokens: number;
  let folder: string;

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'vertex-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(() => {
    http = new FakeHttp();
    tokens = 0;
    answer(() => ({ json: reply([{ text: 'Hello' }], 'STOP') }));
  });

  function answer(script: (request: FakeHttpRequest) => FakeHttpReply): void {
    http.script((request) => {
      if (request.url !== TOKEN_URL) return script(request);
      tokens += 1;
      return { json: { access_token: `token-${tokens}`, expires_in: 3600, token_type: 'Bearer' } };
    });
  }

  const provider = (
    params: object = { vertex_credentials: ACCOUNT },
    variables: Record<string, string> = {},
  ): Provider =>
    vertexProvider(
      {
        apiBase: undefined,
        apiKey: undefined,
        options: new DeploymentOptions({ ...params }),
        extraHeaders: {},
        endpoints: undefined,
        chatOnly: false,
        dropParams: false,
        dropFields: [],
        defaultMaxTokens: 4096,
      },
      { env: new Environment(variables), http },
    );

  function callOf(
    body: object,
    model = 'gemini-2.5-pro',
    endpoint: ProviderCall['endpoint'] = 'openai-chat',
  ): ProviderCall {
    return {
      endpoint,
      method: 'POST',
      subpath: '',
      model,
      body: Buffer.from(JSON.stringify({ model: 'gemini', messages: [{ role: 'user', content: 'Hi' }], ...body })),
      contentType: 'application/json',
      headers: {},
      signal: new AbortController().signal,
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
    };
  }

  const ask = (body: object, model?: string): Promise<HttpReply> => provider().call(callOf(body, model));
  const text = async (answered: HttpReply): Promise<string> => (await buffer(answered.body)).toString('utf8');
  const json = async (answered: HttpReply): Promise<unknown> => JSON.parse(await text(answered)) as unknown;
  const sent = (): unknown => JSON.parse(Buffer.from(http.requests.at(-1)?.body ?? []).toString('utf8')) as unknown;
  const chunks = (stream: string): unknown[] =>
    stream
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as unknown);

  describe('service account', () => {
    it('is exchanged for a token over the same port, once for many calls', async () => {
      const made = provider();
      await Promise.all([made.call(callOf({})), made.call(callOf({}))]);
      await made.call(callOf({}));
      expect(http.requests.map(({ url }) => url).filter((url) => url === TOKEN_URL)).toHaveLength(1);
      expect(http.requests).toHaveLength(4);
      const [exchange] = http.requests;
      expect(exchange).toMatchObject({ method: 'POST', url: TOKEN_URL });
      expect(exchange?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
      const form = new URLSearchParams(Buffer.from(exchange?.body ?? []).toString('utf8'));
      expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
      const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
      const key = createPublicKey(publicKey);
      expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).toMatchObject({
        iss: ACCOUNT.client_email,
        scope: 'https://www.googleapis.com/auth/cloud-platform',
        aud: TOKEN_URL,
      });
      expect(http.requests.slice(1).map(({ headers }) => headers['authorization'])).toEqual(
        Array(3).fill('Bearer token-1'),
      );
    });

    it('that is refused fails the call so that another upstream may be tried', async () => {
      http.script(() => ({ status: 400, json: { error: 'invalid_grant', error_description: 'no such account' } }));
      await expect(ask({})).rejects.toMatchObject({
        code: 'upstream_failed',
        retryable: true,
        message: 'The upstream gave no access token for the credential',
      });
      const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
      http.script(() => Promise.reject(failure));
      await expect(ask({})).rejects.toBe(failure);
    });

    it('may lie in a file, and names the project', () => {
      const path = join(folder, 'account.json');
      writeFileSync(path, JSON.stringify(ACCOUNT));
      const own =
        'https://us-central1-aiplatform.googleapis.com/v1beta1/projects/proj/locations/us-central1/publishers/google';
      expect(provider({}, { GOOGLE_APPLICATION_CREDENTIALS: path }).apiBase).toBe(own);
      expect(provider({ vertex_credentials: path }).apiBase).toBe(own);
      expect(provider({ vertex_credentials: JSON.stringify(ACCOUNT) })).toMatchObject({ name: 'vertex_ai' });
      expect(JSON.stringify(provider())).not.toMatch(/PRIVATE/);
    });

    it.each([
      [{}, /needs vertex_credentials or GOOGLE_APPLICATION_CREDENTIALS/],
      [{ vertex_credentials: '/nowhere/account.json' }, /cannot be read \(ENOENT\)$/],
      [{ vertex_credentials: '{"type":' }, /no JSON object$/],
      [{ vertex_credentials: { ...ACCOUNT, type: 'external_account' } }, /no service account$/],
      [{ vertex_credentials: { ...ACCOUNT, private_key: undefined } }, /no service account$/],
      [{ vertex_credentials: { ...ACCOUNT, project_id: undefined } }, /needs vertex_project/],
      [{ vertex_credentials: ACCOUNT, vertex_location: 'a.evil/' }, /no location$/],
    ])('is checked at start', (params, problem) => {
      expect(() => provider(params)).toThrow(RangeError);
      expect(() => provider(params)).toThrow(problem);
    });

    it.each([
      ['global', 'https://aiplatform.googleapis.com'],
      ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
      ['europe-west4', 'https://europe-west4-aiplatform.googleapis.com'],
    ])('is used in %s', async (vertex_location, host) => {
      await provider({ vertex_credentials: ACCOUNT, vertex_location, vertex_project: 'other' }).call(callOf({}));
      const path = `/v1beta1/projects/other/locations/${vertex_location}/publishers/google`;
      expect(http.requests.at(-1)?.url).toBe(`${host}${path}/models/gemini-2.5-pro:generateContent`);
    });
  });

  describe('request', () => {
    it('carries every kind of message and setting', async () => {
      await ask({
        max_tokens: 9,
        temperature: 0,
        seed: 4,
        frequency_penalty: 0.1,
        tools: [
          {
            type: 'function',
            function: { name: 'weather', parameters: { type: 'object', properties: { a: { type: 'string' } } } },
          },
        ],
        tool_choice: { type: 'function', function: { name: 'weather' } },
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: 'Be kind' },
          {
            role: 'user',
            content: [
              { type: 'image_url', image_url: { url: 'https://example.com/a.jpg' } },
              { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
              { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERg==' } },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"a":"b"}' } }],
          },
          { role: 'tool', tool_call_id: 'a', content: 'sun' },
        ],
      });
      expect(sent()).toMatchObject({
        systemInstruction: { parts: [{ text: 'Be kind' }] },
        generationConfig: {
          maxOutputTokens: 9,
          temperature: 0,
          seed: 4,
          frequencyPenalty: 0.1,
          responseMimeType: 'application/json',
        },
        toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } },
        tools: [{ functionDeclarations: [{ name: 'weather' }] }],
        contents: [
          {
            role: 'user',
            parts: [
              { fileData: { mimeType: 'image/jpeg', fileUri: 'https://example.com/a.jpg' } },
              { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
              { inlineData: { mimeType: 'application/pdf', data: 'JVBERg==' } },
            ],
          },
          { role: 'model', parts: [{ functionCall: { name: 'weather', args: { a: 'b' } } }] },
          { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { content: 'sun' } } }] },
        ],
      });
    });

    it('keeps the results of one turn together', async () => {
      const call = (id: string): object => ({ id, type: 'function', function: { name: `f-${id}`, arguments: '' } });
      const result = (id: string): object => ({ role: 'tool', tool_call_id: id, content: id });
      await ask({ messages: [{ role: 'assistant', tool_calls: [call('a'), call('b')] }, result('b'), result('a')] });
      const part = (id: string): object => ({ functionResponse: { name: `f-${id}`, response: { content: id } } });
      expect(sent()).toMatchObject({ contents: [{ role: 'model' }, { role: 'user', parts: [part('b'), part('a')] }] });
    });

    it.each([
      ['gemini-2.5-pro', 'low', { thinkingBudget: 1024, includeThoughts: true }],
      ['gemini-2.5-pro', 'none', { thinkingBudget: 128, includeThoughts: false }],
      ['gemini-2.5-flash', 'none', { thinkingBudget: 0, includeThoughts: false }],
      ['gemini-3-pro-preview', 'minimal', { thinkingLevel: 'low', includeThoughts: true }],
      ['gemini-3.1-flash-preview', 'minimal', { thinkingLevel: 'minimal', includeThoughts: true }],
      ['gemini-3-pro-preview', 'max', { thinkingLevel: 'high', includeThoughts: true }],
      ['gemini-2.0-flash', 'high', undefined],
      ['gemini-2.5-pro', 'extreme', undefined],
    ])('asks %s for the effort %s', async (model, reasoning_effort, expected) => {
      await ask({ reasoning_effort }, model);
      const { generationConfig } = sent() as { generationConfig: { thinkingConfig?: object } };
      expect(generationConfig.thinkingConfig).toEqual(expected);
    });
  });

  describe('reply', () => {
    it('becomes a chat completion', async () => {
      const parts = [
        { text: 'Hm', thought: true },
        { text: 'So' },
        { functionCall: { name: 'weather', args: { a: 1 } } },
      ];
      answer(() => ({ json: reply(parts, 'STOP') }));
      expect(await json(await ask({}))).toMatchObject({
        model: 'gemini',
        choices: [
          {
            finish_reason: 'tool_calls',
            message: {
              content: 'So',
              reasoning_content: 'Hm',
              tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"a":1}' } }],
            },
          },
        ],
        usage: {
          prompt_tokens: 10,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 4 },
          completion_tokens_details: { reasoning_tokens: 2 },
        },
      });
    });

    it.each([
      ['SAFETY', 'content_filter'],
      ['MAX_TOKENS', 'length'],
    ])('that ended with %s', async (reason, expected) => {
      answer(() => ({ json: reply([{ text: 'x' }], reason) }));
      expect(await json(await ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
    });

    it.each([
      ['has no end', reply([{ text: 'x' }])],
      ['has no candidate', {}],
      ['failed', reply([], 'MALFORMED_FUNCTION_CALL')],
    ])('that %s is none', async (_, body) => {
      answer(() => ({ json: body }));
      await expect(ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    });

    it('is streamed the same, wherever it is cut', async () => {
      const bytes = Buffer.from(STREAM);
      const made = provider();
      let expected: string | undefined;
      for (let cut = 0; cut <= bytes.length; cut += 11) {
        answer(() => ({
          headers: { 'content-type': 'text/event-stream' },
          chunks: [bytes.subarray(0, cut), bytes.subarray(cut)],
        }));
        const stream = await text(await made.call(callOf({ stream: true, stream_options: { include_usage: true } })));
        const plain = stream.replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1').replaceAll(/"created":\d+/g, '"created":1');
        expect((expected ??= plain)).toBe(plain);
      }
      expect(http.requests.at(-1)?.url).toMatch(/:streamGenerateContent\?alt=sse$/);
      expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
      expect(chunks(expected ?? '')).toMatchObject([
        {},
        { choices: [{ delta: { reasoning_content: 'Hm' } }] },
        { choices: [{ delta: { content: 'Grüß ' } }] },
        { choices: [{ delta: { content: 'Gott 😀' } }] },
        { choices: [{ finish_reason: 'stop' }] },
        { choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
      ]);
    });

    it('streams whole calls', async () => {
      const calls = frame(
        reply([{ functionCall: { name: 'a', args: {} } }, { functionCall: { name: 'b', args: { c: 1 } } }], 'STOP'),
      );
      answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: [calls] }));
      const stream = await text(await ask({ stream: true }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(stream).toContain('"name":"b"');
      expect(stream).toContain(String.raw`{\"c\":1}`);
      expect(chunks(stream).at(-1)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
    });

    it('that is cut short in the stream is none', async () => {
      const cut = frame(reply([{ text: 'x' }]));
      answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: [cut] }));
      await expect(ask({ stream: true }).then(text)).rejects.toMatchObject({ code: 'upstream_interrupted' });
    });

    it('that failed at the model ends the stream in an error', async () => {
      const chunksOf = [frame(reply([{ text: 'x' }])), frame(reply([], 'MALFORMED_FUNCTION_CALL'))];
      answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: chunksOf }));
      const stream = await text(await ask({ stream: true }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(chunks(stream).at(-1)).toMatchObject({ error: { message: 'The model stopped: MALFORMED_FUNCTION_CALL' } });
    });

    it.each([
      [403, 'permission_error'],
      [429, 'rate_limit_error'],
    ])('with the status %i is passed on', async (status, type) => {
      answer(() => ({ status, json: { error: { code: status, message: 'no way', status: 'X' } } }));
      for (const stream of [false, true]) {
        const refused = await ask({ stream });
        expect(refused.status).toBe(status);
        expect(await json(refused)).toMatchObject({ error: { message: 'no way', type } });
      }
    });
  });

  it('embeds texts', async () => {
    answer(({ body }) => {
      const { instances } = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as { instances: unknown[] };
      const predictions = instances.map(() => ({ embeddings: { values: [1, 2], statistics: { token_count: 3 } } }));
      return { json: { predictions } };
    });
    const call = callOf({ input: ['a', 'b'], dimensions: 2 }, 'text-embedding-005', 'openai-embeddings');
    expect(await json(await provider().call(call))).toMatchObject({
      data: [{ index: 0, embedding: [1, 2] }, { index: 1 }],
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
    expect(sent()).toMatchObject({ parameters: { outputDimensionality: 2 } });
  });
});
