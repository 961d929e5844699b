import { openAiReply, ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import OpenAI, { AzureOpenAI, toFile } from 'openai';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const MESSAGES = [{ role: 'user' as const, content: 'hi' }];
const FLOATS = [0.5, -2];
const BASE64 = 'AAAAPwAAAMA=';
const AUDIO = Buffer.from([0x49, 0x44, 0x33, 0, 255, 13, 10, 0x80]);

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

describe('endpoints beside conversations', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  let openai: OpenAI;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `claude=anthropic+${upstream.url};gpt=${upstream.url};stored=${upstream.url}`,
      GATEWAY_UPSTREAM_STORED_ENDPOINTS: 'openai-responses',
      GATEWAY_UPSTREAM_GPT_API_KEY: 'upstream-key',
    });
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: KEY, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.requests.length = 0;
    gateway.records.length = 0;
  });

  const answer = (reply: ScriptedReply): void => upstream.script(() => reply);
  const seen = (): RecordedRequest => {
    const [request, ...others] = upstream.requests;
    expect(others).toEqual([]);
    if (request === undefined) throw new Error('the upstream was not asked');
    return request;
  };
  const called = (): string => `${seen().method} ${seen().path}`;
  const post = (path: string, body: object | string): Promise<Response> =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const refusal = async (reply: Response): Promise<[number, object]> => [reply.status, (await reply.json()) as object];

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
    const azure = new AzureOpenAI({ endpoint: gateway.url, apiKey: KEY, apiVersion: '2024-10-21', maxRetries: 0 });
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
    const whole = await openai.completions.create({ model: 'gpt/instruct', prompt: [1, 2], max_tokens: 5 });
    expect(whole.choices[0]?.text).toBe('once upon a time');
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'instruct', prompt: [1, 2], max_tokens: 5 });
    const events = [completion('once ', null), completion('upon')].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    answer({ chunks: [...events, 'data: [DONE]\n\n'] });
    const texts = [];
    const stream = await openai.completions.create({ model: 'gpt', prompt: 'x', stream: true });
    for await (const { choices } of stream) texts.push(choices[0]?.text);
    expect(texts.join('')).toBe('once upon');
    expect(gateway.records).toHaveLength(2);
    expect(JSON.stringify(gateway.records[1]?.response)).toContain('once upon');
  });

  it('ends a torn completion stream with an error', async () => {
    answer({ chunks: [`data: ${JSON.stringify(completion('once ', null))}\n\n`], fault: 'truncate' });
    const stream = await openai.completions.create({ model: 'gpt', prompt: 'x', stream: true });
    const read = async (): Promise<void> => {
      for await (const chunk of stream) expect(chunk.choices[0]?.text).toBe('once ');
    };
    await expect(read()).rejects.toThrow(OpenAI.APIError);
  });

  it.each([['text'], [['two', 'texts']], [[1, 2, 3]], [[[1, 2], [3]]]])('embeds %j as it came', async (input) => {
    answer({ body: embeddings(FLOATS) });
    const { data } = await openai.embeddings.create({ model: 'gpt', input });
    expect(data[0]?.embedding).toEqual(FLOATS);
    expect(called()).toBe('POST /v1/embeddings');
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'gpt', input, encoding_format: 'base64' });
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
    expect(upstream.requests).toEqual([]);
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

  it('reads, lists and deletes a stored response', async () => {
    answer({ body: { id: 'resp_1', object: 'response', status: 'completed', output: [] } });
    expect((await openai.responses.retrieve('resp_1')).id).toBe('resp_1');
    expect(called()).toBe('GET /v1/responses/resp_1');
    upstream.requests.length = 0;
    answer({ body: { object: 'list', data: [{ id: 'msg_1', type: 'message' }], has_more: false } });
    const items = [];
    for await (const item of openai.responses.inputItems.list('resp_1', { limit: 5 })) items.push(item.id);
    expect([called(), items]).toEqual(['GET /v1/responses/resp_1/input_items?limit=5', ['msg_1']]);
    upstream.requests.length = 0;
    answer({ body: { id: 'resp_1', object: 'response', deleted: true } });
    await openai.responses.delete('resp_1');
    expect(called()).toBe('DELETE /v1/responses/resp_1');
  });

  it('cancels and compacts where the upstream does', async () => {
    answer({ body: { id: 'resp_1', object: 'response', status: 'cancelled', output: [] } });
    expect((await openai.responses.cancel('resp_1')).status).toBe('cancelled');
    expect(called()).toBe('POST /v1/responses/resp_1/cancel');
    upstream.requests.length = 0;
    answer({ body: { id: 'cmp_1', object: 'response.compaction', created_at: 1, output: [] } });
    expect((await openai.responses.compact({ model: 'stored/gpt', input: 'hi' })).id).toBe('cmp_1');
    expect([called(), JSON.parse(String(seen().body))]).toEqual([
      'POST /v1/responses/compact',
      { model: 'gpt', input: 'hi' },
    ]);
    expect(await refusal(await post('/v1/responses/compact', { model: 'claude', input: 'hi' }))).toMatchObject([
      400,
      { error: { code: 'dialect_unsupported' } },
    ]);
  });

  it.each(['..', '%2e%2e', 'a%2fb', '%2e%2e%2fmodels', 'a%3fb'])('lets no id point elsewhere: %s', async (id) => {
    const { hostname, port } = new URL(gateway.url);
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      // A client that would tidy the path up cannot ask this.
      request({ hostname, port, path: `/v1/responses/${id}`, headers: { 'x-api-key': KEY } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([status, upstream.requests]).toEqual([422, []]);
  });

  it('passes images, moderations and rerankings on', async () => {
    answer({ body: { created: 1, data: [{ b64_json: 'AAAA' }] } });
    const image = await openai.images.generate({ model: 'gpt/image', prompt: 'a port' });
    expect([called(), image.data?.[0]?.b64_json]).toEqual(['POST /v1/images/generations', 'AAAA']);
    expect(JSON.parse(String(seen().body))).toEqual({ model: 'image', prompt: 'a port' });
    upstream.requests.length = 0;
    answer({ body: { id: 'm', model: 'm', results: [{ flagged: false }] } });
    const moderation = await openai.moderations.create({ model: 'gpt', input: 'hi' });
    expect([called(), moderation.results[0]?.flagged]).toEqual(['POST /v1/moderations', false]);
    for (const path of ['/rerank', '/v1/rerank', '/v2/rerank']) {
      upstream.requests.length = 0;
      answer({ body: { results: [{ index: 0, relevance_score: 1 }] } });
      const reply = await post(path, { model: 'gpt', query: 'q', documents: ['d'] });
      expect([called(), reply.status]).toEqual(['POST /v1/rerank', 200]);
    }
  });

  it('passes speech on, byte for byte', async () => {
    answer({ headers: { 'content-type': 'audio/mpeg' }, body: AUDIO });
    const speech = await openai.audio.speech.create({ model: 'gpt', input: 'hi', voice: 'alloy' });
    expect(speech.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await speech.arrayBuffer()).equals(AUDIO)).toBe(true);
    expect(gateway.records).toMatchObject([{ status: 'success' }]);
  });

  it('passes forms on with the upstream’s model name and the file’s own bytes', async () => {
    answer({ body: { text: 'hello' } });
    const file = await toFile(AUDIO, 'model.wav');
    const { text } = await openai.audio.transcriptions.create({ model: 'gpt/whisper', file, language: 'de' });
    expect([called(), text]).toEqual(['POST /v1/audio/transcriptions', 'hello']);
    const { headers, body } = seen();
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect([form.get('model'), form.get('language')]).toEqual(['whisper', 'de']);
    const sent = form.get('file') as unknown as File;
    expect(Buffer.from(await sent.arrayBuffer()).equals(AUDIO)).toBe(true);
    expect(headers['authorization']).toBe('Bearer upstream-key');
  });

  it('passes image edits, variations and translations on', async () => {
    const file = await toFile(AUDIO, 'a.png', { type: 'image/png' });
    const paths = [];
    for (const call of [
      () => openai.images.edit({ model: 'gpt', image: file, prompt: 'x' }),
      () => openai.images.createVariation({ model: 'gpt', image: file }),
      () => openai.audio.translations.create({ model: 'gpt', file }),
    ]) {
      upstream.requests.length = 0;
      answer({ body: { text: 'x', created: 1, data: [] } });
      await call();
      paths.push(called());
    }
    expect(paths).toEqual(['POST /v1/images/edits', 'POST /v1/images/variations', 'POST /v1/audio/translations']);
  });

  it('keeps files where one upstream keeps them', async () => {
    const file = { id: 'file-1', object: 'file', bytes: 3, created_at: 1, filename: 'a.jsonl', purpose: 'batch' };
    const paths: string[] = [];
    const call = async <T>(reply: ScriptedReply, make: () => PromiseLike<T>): Promise<T> => {
      upstream.requests.length = 0;
      answer(reply);
      const result = await make();
      paths.push(called());
      return result;
    };
    const upload = await toFile(Buffer.from('{}\n'), 'a.jsonl');
    await call({ body: file }, () => openai.files.create({ file: upload, purpose: 'batch' }));
    expect(String(seen().body)).not.toContain('name="model"');
    const page = await call({ body: { object: 'list', data: [file], has_more: false } }, () =>
      openai.files.list({ purpose: 'batch' }),
    );
    expect(page.data[0]?.id).toBe('file-1');
    await call({ body: file }, () => openai.files.retrieve('file-1'));
    const content = await call({ headers: { 'content-type': 'application/octet-stream' }, body: AUDIO }, () =>
      openai.files.content('file-1'),
    );
    expect(Buffer.from(await content.arrayBuffer()).equals(AUDIO)).toBe(true);
    const lines = '{"error":"a line of the file"}\n{"b":2}\n';
    const asJson = await call({ headers: { 'content-type': 'application/json' }, body: lines }, () =>
      openai.files.content('file-1'),
    );
    expect(await asJson.text()).toBe(lines);
    await call({ body: { id: 'file-1', object: 'file', deleted: true } }, () => openai.files.delete('file-1'));
    const batch = { id: 'batch_1', object: 'batch', status: 'validating' };
    await call({ body: batch }, () =>
      openai.batches.create({ input_file_id: 'file-1', endpoint: '/v1/chat/completions', completion_window: '24h' }),
    );
    expect(JSON.parse(String(seen().body))).not.toHaveProperty('model');
    await call({ body: { object: 'list', data: [batch] } }, () => openai.batches.list());
    await call({ body: batch }, () => openai.batches.retrieve('batch_1'));
    await call({ body: batch }, () => openai.batches.cancel('batch_1'));
    expect(paths).toEqual([
      'POST /v1/files',
      'GET /v1/files?purpose=batch',
      'GET /v1/files/file-1',
      'GET /v1/files/file-1/content',
      'GET /v1/files/file-1/content',
      'DELETE /v1/files/file-1',
      'POST /v1/batches',
      'GET /v1/batches',
      'GET /v1/batches/batch_1',
      'POST /v1/batches/batch_1/cancel',
    ]);
    expect(gateway.records).toHaveLength(paths.length);
  });

  it('takes a call without a body that names a content type all the same', async () => {
    const batch = { id: 'batch_1', object: 'batch', status: 'cancelling' };
    answer({ body: batch });
    const reply = await post('/v1/batches/batch_1/cancel', '');
    expect([reply.status, await reply.json()]).toEqual([200, batch]);
    expect([called(), seen().body.toString()]).toEqual(['POST /v1/batches/batch_1/cancel', '']);
    expect((await post('/v1/chat/completions', '')).status).toBe(422);
  });

  it('asks the upstream of the model that a query names, and keeps that name to itself', async () => {
    answer({ body: { object: 'list', data: [] } });
    const list = (model: string): Promise<Response> =>
      fetch(`${gateway.url}/v1/files?model=${model}&limit=2`, { headers: { 'x-api-key': KEY } });
    expect((await list('gpt')).status).toBe(200);
    expect(called()).toBe('GET /v1/files?limit=2');
    expect(await refusal(await list('claude'))).toMatchObject([400, { error: { code: 'dialect_unsupported' } }]);
    expect(await refusal(await list('nobody'))).toMatchObject([404, { error: { code: 'model_not_found' } }]);
  });
});
