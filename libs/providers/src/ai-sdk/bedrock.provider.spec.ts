import { DeploymentOptions, Environment } from '@sallyport/config';
import { checkStream, FakeHttp } from '@sallyport/testing';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { buffer } from 'node:stream/consumers';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { bedrockProvider } from './bedrock.provider';

// Wire forms: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and _ConverseStream
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const KEYS = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'aws-secret' };
const USAGE = { inputTokens: 10, outputTokens: 5, totalTokens: 20, cacheReadInputTokens: 4, cacheWriteInputTokens: 1 };
const WEATHER = { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } };
const CALL = { id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } };

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text),
);

function event(type: string, payload: object, kind = 'event'): Uint8Array {
  const header = (value: string) => ({ type: 'string', value }) as const;
  return codec.encode({
    headers: {
      ':message-type': header(kind),
      [`:${kind}-type`]: header(type),
      ':content-type': header('application/json'),
    },
    body: Buffer.from(JSON.stringify(payload)),
  });
}

const delta = (contentBlockIndex: number, value: object): Uint8Array =>
  event('contentBlockDelta', { contentBlockIndex, delta: value });
const stop = (contentBlockIndex: number): Uint8Array => event('contentBlockStop', { contentBlockIndex });
const STOP = event('messageStop', { stopReason: 'end_turn' });
const STREAM = [
  event('messageStart', { role: 'assistant' }),
  delta(0, { reasoningContent: { text: 'Hm' } }),
  delta(0, { reasoningContent: { signature: 'SIG' } }),
  stop(0),
  delta(1, { text: 'Grüß ' }),
  delta(1, { text: 'Gott 😀' }),
  stop(1),
  STOP,
  event('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }),
];

function message(content: object[], stopReason = 'end_turn'): object {
  return { output: { message: { role: 'assistant', content } }, stopReason, usage: USAGE, metrics: { latencyMs: 1 } };
}

describe(bedrockProvider.name, () => {
  let http: FakeHttp;

  beforeEach(() => {
    http = new FakeHttp();
    http.script(() => ({ json: message([{ text: 'Hello' }]) }));
  });

  const provider = (params: object = {}, variables: Record<string, string> = KEYS, dropParams = false): Provider =>
    bedrockProvider(
      {
        apiBase: undefined,
        apiKey: undefined,
        options: new DeploymentOptions({ ...params }),
        extraHeaders: {},
        endpoints: undefined,
        chatOnly: false,
        dropParams,
        dropFields: [],
        defaultMaxTokens: 4096,
      },
      { env: new Environment(variables), http },
    );

  function callOf(body: object, model = CLAUDE, endpoint: ProviderCall['endpoint'] = 'openai-chat'): ProviderCall {
    return {
      endpoint,
      method: 'POST',
      subpath: '',
      model,
      body: Buffer.from(JSON.stringify({ model: 'claude', messages: [{ role: 'user', content: 'Hi' }], ...body })),
      contentType: 'application/json',
      headers: { traceparent: '00-1-2-01' },
      signal: new AbortController().signal,
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
    };
  }

  const ask = (body: object, model?: string): Promise<HttpReply> => provider().call(callOf(body, model));
  const text = async (reply: HttpReply): Promise<string> => (await buffer(reply.body)).toString('utf8');
  const json = async (reply: HttpReply): Promise<unknown> => JSON.parse(await text(reply)) as unknown;
  const sent = (): unknown => JSON.parse(Buffer.from(http.requests.at(-1)?.body ?? []).toString('utf8')) as unknown;
  const chunks = (stream: string): unknown[] =>
    stream
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as unknown);
  const streamed = (...events: Uint8Array[]): void =>
    http.script(() => ({ headers: { 'content-type': 'application/vnd.amazon.eventstream' }, chunks: events }));

  describe('credentials', () => {
    it.each([
      [{}, /AWS_REGION/],
      [{ AWS_REGION: 'eu-central-1' }, /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/],
      [{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a' }, /together/],
      [{ ...KEYS, AWS_REGION: 'a.b/c' }, /no region/],
    ])('are checked at start (%j)', (variables, problem) => {
      expect(() => provider({}, variables)).toThrow(RangeError);
      expect(() => provider({}, variables)).toThrow(problem);
    });

    it('sign the call', async () => {
      await provider({}, { ...KEYS, AWS_SESSION_TOKEN: 'session' }).call(callOf({}));
      expect(http.requests[0]).toMatchObject({
        method: 'POST',
        url: `https://bedrock-runtime.eu-central-1.amazonaws.com/model/${encodeURIComponent(CLAUDE)}/converse`,
        firstByteTimeoutMs: 111,
        idleTimeoutMs: 222,
        headers: {
          authorization: expect.stringMatching(
            /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
          ) as string,
          'x-amz-security-token': 'session',
          traceparent: '00-1-2-01',
        },
      });
    });

    it('of the deployment win over a token of the environment', async () => {
      const own = { aws_region_name: 'us-west-2', aws_access_key_id: 'OWN', aws_secret_access_key: 's' };
      await provider(own, { ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'token' }).call(callOf({}));
      expect(http.requests[0]?.headers['authorization']).toMatch(/Credential=OWN\/\d+\/us-west-2\//);
      expect(http.requests[0]?.headers).not.toHaveProperty('x-amz-security-token');
      await provider({}, { ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'token' }).call(callOf({}));
      expect(http.requests[1]?.headers['authorization']).toBe('Bearer token');
    });

    it('are not looked for by the package itself', async () => {
      const before = process.env['AWS_BEARER_TOKEN_BEDROCK'];
      process.env['AWS_BEARER_TOKEN_BEDROCK'] = 'stray';
      try {
        await ask({});
      } finally {
        if (before === undefined) delete process.env['AWS_BEARER_TOKEN_BEDROCK'];
        else process.env['AWS_BEARER_TOKEN_BEDROCK'] = before;
      }
      expect(http.requests[0]?.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256/);
    });

    it.each([
      ['cn-north-1', 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn'],
      ['us-east-1', 'https://bedrock-runtime.us-east-1.amazonaws.com'],
    ])('belong to the address of %s', (aws_region_name, apiBase) => {
      expect(provider({ aws_region_name }).apiBase).toBe(apiBase);
      expect(provider({ aws_region_name, aws_bedrock_runtime_endpoint: 'http://b.local/' }).apiBase).toBe(
        'http://b.local',
      );
      expect(JSON.stringify(provider())).not.toMatch(/AKID|aws-secret/);
    });
  });

  describe('request', () => {
    it('carries every kind of message, with signed thoughts', async () => {
      await provider().call(
        callOf({
          max_tokens: 9,
          temperature: 1.5,
          top_p: 0.5,
          stop: ['END'],
          tools: [WEATHER],
          parallel_tool_calls: false,
          messages: [
            { role: 'system', content: 'Be kind' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'Look' },
                { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
                { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
              ],
            },
            {
              role: 'assistant',
              content: 'So',
              thinking_blocks: [
                { type: 'thinking', thinking: ' Hm ', signature: 'SIG' },
                { type: 'redacted_thinking', data: 'RED' },
                { type: 'thinking', thinking: 'no proof' },
              ],
              tool_calls: [CALL],
            },
            { role: 'tool', tool_call_id: 'a', content: 'sun' },
            { role: 'user', content: 'And?' },
            { role: 'system', content: 'Later' },
          ],
        }),
      );
      expect(sent()).toMatchObject({
        system: [{ text: 'Be kind' }],
        inferenceConfig: { maxTokens: 9, temperature: 1, topP: 0.5, stopSequences: ['END'] },
        additionalModelRequestFields: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
        toolConfig: { tools: [{ toolSpec: { name: 'weather' } }] },
        messages: [
          {
            role: 'user',
            content: [
              { text: 'Look' },
              { image: { format: 'png', source: { bytes: 'AAAA' } } },
              { document: { format: 'pdf', name: 'a', source: { bytes: 'JVBERg==' } } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { reasoningContent: { reasoningText: { text: ' Hm ', signature: 'SIG' } } },
              { reasoningContent: { redactedReasoning: { data: 'RED' } } },
              { text: 'So' },
              { toolUse: { toolUseId: 'a', name: 'weather', input: {} } },
            ],
          },
          {
            role: 'user',
            content: [
              { toolResult: { toolUseId: 'a', content: [{ text: 'sun' }] } },
              { text: 'And?' },
              { text: 'Later' },
            ],
          },
        ],
      });
    });

    it.each([
      [CLAUDE, 'medium', { thinking: { type: 'enabled', budget_tokens: 2048 } }],
      ['anthropic.claude-opus-4-7', 'minimal', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }],
      ['anthropic.claude-opus-4-6-v1', 'xhigh', { output_config: { effort: 'high' } }],
      ['openai.gpt-oss-120b-1:0', 'max', { reasoning_effort: 'high' }],
      ['us.amazon.nova-2-lite-v1:0', 'low', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }],
      [CLAUDE, 'none', undefined],
      ['meta.llama3-1-8b-instruct-v1:0', 'high', undefined],
    ])('asks %s for the effort %s', async (model, reasoning_effort, expected) => {
      await ask({ reasoning_effort }, model);
      const { additionalModelRequestFields: fields } = sent() as { additionalModelRequestFields?: object };
      if (expected === undefined) expect(fields).toBeUndefined();
      else expect(fields).toMatchObject(expected);
    });

    it.each([
      ['a tool is forced', { tool_choice: 'required' }],
      [
        'a call came without its thoughts',
        {
          messages: [
            { role: 'user', content: 'x' },
            { role: 'assistant', tool_calls: [CALL] },
            { role: 'tool', tool_call_id: 'a', content: 'y' },
          ],
        },
      ],
    ])('does not let Claude think when %s', async (_, body) => {
      await ask({ reasoning_effort: 'high', tools: [WEATHER], ...body });
      expect(sent()).not.toHaveProperty('additionalModelRequestFields.thinking');
    });

    it('asks for JSON in words, and for a schema by a forced tool or natively', async () => {
      await ask({ response_format: { type: 'json_object' } });
      expect(sent()).toMatchObject({ system: [{ text: expect.stringContaining('JSON') as string }] });
      const response_format = { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } };
      await ask({ response_format }, 'meta.llama3-1-8b-instruct-v1:0');
      expect(sent()).toMatchObject({
        toolConfig: { tools: [{ toolSpec: { name: 'json' } }], toolChoice: { any: {} } },
      });
    });

    it('tells what the vendor does not know', async () => {
      const reply = await ask({ seed: 1, frequency_penalty: 1, presence_penalty: 1, user: 'u' });
      expect(reply.headers['x-sallyport-dropped-params']).toBe('user,frequency_penalty,presence_penalty,seed');
    });

    it.each(['converse/', 'invoke/', ''])('knows a model by its LiteLLM name %s', async (way) => {
      await ask({}, `${way}amazon.nova-lite-v1:0`);
      expect(http.requests[0]?.url).toMatch(/\/model\/amazon\.nova-lite-v1%3A0\/converse$/);
    });

    const history = [
      { role: 'assistant', tool_calls: [CALL] },
      { role: 'tool', tool_call_id: 'a', content: '' },
    ];

    it.each([
      ['tools', { messages: history }],
      ['tool_choice', { messages: history, tools: [WEATHER], tool_choice: 'none' }],
    ])('does not lose the calls of earlier turns for want of %s', async (param, body) => {
      await expect(provider({}, KEYS, true).call(callOf(body))).rejects.toMatchObject({
        code: 'dialect_unsupported',
        param,
      });
      expect(http.requests).toHaveLength(0);
    });

    it('refuses the address of an image', async () => {
      const content = [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }];
      await expect(ask({ messages: [{ role: 'user', content }] })).rejects.toMatchObject({
        code: 'dialect_unsupported',
      });
      expect(http.requests).toHaveLength(0);
    });
  });

  describe('whole reply', () => {
    it('tells thoughts, text and calls apart, with every count', async () => {
      const content = [
        { reasoningContent: { reasoningText: { text: 'Hm', signature: 'SIG' } } },
        { text: 'So' },
        { toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Ulm' } } },
      ];
      const headers = { 'x-amzn-requestid': 'req-1' };
      http.script(() => ({ json: message(content, 'tool_use'), headers }));
      const reply = await ask({ tools: [WEATHER] });
      expect(reply.headers['x-amzn-requestid']).toBe('req-1');
      expect(await json(reply)).toMatchObject({
        model: 'claude',
        choices: [
          {
            finish_reason: 'tool_calls',
            message: {
              content: 'So',
              reasoning_content: 'Hm',
              thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 'SIG' }],
              tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
            },
          },
        ],
        usage: {
          prompt_tokens: 15,
          completion_tokens: 5,
          total_tokens: 20,
          prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
        },
      });
    });

    it.each([
      ['max_tokens', 'length'],
      ['guardrail_intervened', 'content_filter'],
      ['model_context_window_exceeded', 'length'],
      ['something_new', 'stop'],
    ])('understands %s', async (stopReason, expected) => {
      http.script(() => ({ json: message([{ text: 'x' }], stopReason) }));
      expect(await json(await ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
    });
  });

  describe('stream', () => {
    it('is the same, wherever it is cut', async () => {
      const bytes = Buffer.concat(STREAM);
      let expected: string | undefined;
      for (let cut = 0; cut <= bytes.length; cut += 5) {
        streamed(bytes.subarray(0, cut), bytes.subarray(cut));
        const stream = await text(await ask({ stream: true, stream_options: { include_usage: true } }));
        const plain = stream.replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1').replaceAll(/"created":\d+/g, '"created":1');
        expect((expected ??= plain)).toBe(plain);
      }
      expect(http.requests[0]?.url).toMatch(/\/converse-stream$/);
      expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
      expect(chunks(expected ?? '')).toMatchObject([
        { choices: [{ delta: { role: 'assistant' } }] },
        { choices: [{ delta: { reasoning_content: 'Hm' } }] },
        { choices: [{ delta: { content: 'Grüß ' } }] },
        { choices: [{ delta: { content: 'Gott 😀' } }] },
        {
          choices: [
            {
              delta: { thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 'SIG' }] },
              finish_reason: 'stop',
            },
          ],
        },
        { choices: [], usage: { prompt_tokens: 15, completion_tokens: 5 } },
      ]);
    });

    it('counts its calls', async () => {
      const start = (contentBlockIndex: number, toolUseId: string): Uint8Array =>
        event('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId, name: 'weather' } } });
      streamed(
        start(0, 'a'),
        delta(0, { toolUse: { input: '{"a":' } }),
        delta(0, { toolUse: { input: '1}' } }),
        stop(0),
        start(1, 'b'),
        stop(1),
        event('messageStop', { stopReason: 'tool_use' }),
      );
      const stream = await text(await ask({ stream: true, tools: [WEATHER] }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(chunks(stream)).toMatchObject([
        {},
        { choices: [{ delta: { tool_calls: [{ index: 0, id: 'a' }] } }] },
        { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] } }] },
        { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '1}' } }] } }] },
        { choices: [{ delta: { tool_calls: [{ index: 1, id: 'b' }] } }] },
        { choices: [{ delta: { tool_calls: [{ index: 1, function: { arguments: '{}' } }] } }] },
        { choices: [{ finish_reason: 'tool_calls' }] },
      ]);
    });

    it.each([
      ['validationException', 400],
      ['throttlingException', 429],
      ['internalServerException', 500],
      ['modelStreamErrorException', 502],
      ['serviceUnavailableException', 503],
    ])('that begins with a %s is refused with %i', async (type, status) => {
      streamed(event('messageStart', { role: 'assistant' }), event(type, { message: 'no way' }, 'exception'));
      const reply = await ask({ stream: true });
      expect(reply.status).toBe(status);
      expect(await json(reply)).toMatchObject({ error: { message: 'no way' } });
    });

    it('that fails later ends in an error', async () => {
      streamed(...STREAM.slice(0, 5), event('throttlingException', { message: 'too fast' }, 'exception'), STOP);
      const stream = await text(await ask({ stream: true }));
      expect(checkStream('openai-chat', stream)).toEqual([]);
      expect(chunks(stream).at(-1)).toEqual({
        error: { message: 'too fast', type: 'rate_limit_error', param: null, code: null },
      });
    });

    it('that ends too early, between two events or inside one, is no reply', async () => {
      streamed(...STREAM.slice(0, 6));
      await expect(ask({ stream: true }).then(text)).rejects.toMatchObject({
        code: 'upstream_interrupted',
        retryable: true,
      });
      streamed(...STREAM.slice(0, 6), STOP.subarray(0, 9));
      await expect(ask({ stream: true }).then(text)).rejects.toMatchObject({
        code: 'upstream_interrupted',
        retryable: true,
      });
    });
  });

  it.each([
    [400, 'invalid_request_error'],
    [403, 'permission_error'],
    [429, 'rate_limit_error'],
  ])('passes the status %i on, streamed or not', async (status, type) => {
    http.script(() => ({ status, json: { message: 'no way' }, headers: { 'x-amzn-errortype': 'X' } }));
    for (const stream of [false, true]) {
      const reply = await ask({ stream });
      expect(reply).toMatchObject({ status, headers: { 'x-amzn-errortype': 'X' } });
      expect(await json(reply)).toMatchObject({ error: { message: 'no way', type } });
    }
  });

  it.each([
    ['amazon.titan-embed-text-v2:0', { dimensions: 256 }, { embedding: [1, 2], inputTextTokenCount: 3 }],
    [
      'amazon.nova-2-multimodal-embeddings-v1:0',
      { singleEmbeddingParams: { embeddingDimension: 256 } },
      { embeddings: [{ embeddingType: 'TEXT', embedding: [1, 2] }], inputTokenCount: 3 },
    ],
  ])('embeds with %s, one text at a time', async (model, expected, reply) => {
    http.script(() => ({ json: reply }));
    const answer = await provider().call(callOf({ input: ['a', 'b'], dimensions: 256 }, model, 'openai-embeddings'));
    expect(http.requests).toHaveLength(2);
    expect(sent()).toMatchObject(expected);
    expect(await json(answer)).toEqual({
      object: 'list',
      model: 'claude',
      data: [0, 1].map((index) => ({ object: 'embedding', index, embedding: [1, 2] })),
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
  });

  it('embeds with Cohere’s model, and makes up no count', async () => {
    http.script(() => ({ json: { embeddings: { float: [[1], [2]] } } }));
    const call = callOf(
      { input: ['a', 'b'], dimensions: 256, input_type: 'clustering' },
      'cohere.embed-v4:0',
      'openai-embeddings',
    );
    expect(await json(await provider().call(call))).not.toHaveProperty('usage');
    expect(sent()).toMatchObject({ texts: ['a', 'b'], output_dimension: 256, input_type: 'clustering' });
  });
});
