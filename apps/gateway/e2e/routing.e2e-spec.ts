import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAiReply, openAiStream, ScriptedUpstream } from '@sallyport/testing';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const BODY = { messages: [{ role: 'user', content: 'Hi' }] };

function post(gateway: TestGateway, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const code = async (reply: Response) => [
  reply.status,
  ((await reply.json()) as { error: { code: string } }).error.code,
];

describe('routing', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway | undefined;
  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
  });
  afterAll(() => upstream.close());
  afterEach(async () => {
    jest.restoreAllMocks();
    await gateway?.close();
    gateway = undefined;
  });

  it('limits calls per key and says where the key stands', async () => {
    gateway = await startTestGateway({
      GATEWAY_API_KEYS: `${KEY},other`,
      GATEWAY_UPSTREAMS: 'mock=mock://local',
      GATEWAY_RATE_LIMIT_PER_MINUTE: '2',
    });
    const first = await post(gateway, { model: 'mock', ...BODY });
    expect([first.status, first.headers.get('x-ratelimit-remaining')]).toEqual([200, '1']);
    await post(gateway, { model: 'mock', ...BODY });
    const refused = await post(gateway, { model: 'mock', ...BODY });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
    expect(await code(refused)).toEqual([429, 'rate_limited']);
    expect(gateway.records.map(({ status }) => status)).toEqual(['success', 'success', 'failure']);
    const record = gateway.records.at(-1);
    expect(record).toMatchObject({
      litellm_call_id: refused.headers.get('x-litellm-call-id'),
      model_group: 'mock',
      error_information: { error_code: 'rate_limited' },
      sallyport: { attempts: [] },
    });
    // No model has read it, and there may be any number of such calls.
    expect(JSON.stringify(record)).not.toContain(BODY.messages[0]?.content);
    expect((await post(gateway, { model: 'mock', ...BODY }, { 'x-api-key': 'other' })).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain('gateway_rate_limited_total 1');
  });

  it('falls back in order and names who answered', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `llama=mock://fail;gpt=mock://fail?status=429;mock=mock://local`,
      GATEWAY_FALLBACKS: 'llama=gpt,mock',
    });
    const reply = await post(gateway, { model: 'llama', ...BODY });
    expect([reply.status, reply.headers.get('x-fallback-model')]).toEqual([200, 'mock']);
    expect(await reply.json()).toMatchObject({ model: 'mock' });
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toContain('gateway_fallback_used_total{from_model="llama",to_model="mock"} 1');
    expect(metrics).toContain('gateway_upstream_requests_total{upstream="gpt",status="429"} 1');
    const [record] = gateway.records;
    expect(record).toMatchObject({ status: 'success', model_group: 'llama' });
    expect(record?.sallyport.attempts.map(({ status }) => status)).toEqual(['500', '429', '200']);
    expect(record?.sallyport.attempts.at(-1)?.deployment_id).toBe(record?.model_id);
  });

  it('opens the breaker, rests, and closes it again after a good trial', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url}`,
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '2',
      GATEWAY_CIRCUIT_BREAKER_RESET_SECONDS: '600',
    });
    let skippedMs = 0;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + skippedMs);
    const state = async (): Promise<unknown> => {
      const headers = { 'x-api-key': KEY };
      const reply = await fetch(`${gateway?.url}/v1/circuit-breakers`, { headers });
      return ((await reply.json()) as { data: { state: string }[] }).data[0]?.state;
    };
    upstream.script(() => ({ status: 500 }));
    expect(await code(await post(gateway, { model: 'gpt', ...BODY }))).toEqual([502, 'upstream_failed']);
    expect(await state()).toBe('CLOSED');
    await post(gateway, { model: 'gpt', ...BODY });
    expect(await state()).toBe('OPEN');
    const calls = upstream.requests.length;
    expect(await code(await post(gateway, { model: 'gpt', ...BODY }))).toEqual([503, 'circuit_open']);
    expect(upstream.requests.length).toBe(calls);
    skippedMs = 600_000;
    expect(await state()).toBe('HALF_OPEN');
    upstream.script(() => ({ body: openAiReply('back') }));
    expect((await post(gateway, { model: 'gpt', ...BODY })).status).toBe(200);
    expect(await state()).toBe('CLOSED');
  });

  it('opens the breaker for streams that break off', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url}`,
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '2',
    });
    upstream.script(() => ({ chunks: openAiStream(['partial']).slice(0, 1), fault: 'reset' }));
    const stream = { model: 'gpt', stream: true, ...BODY };
    for (let call = 0; call < 2; call += 1) await (await post(gateway, stream)).text();
    expect(await code(await post(gateway, stream))).toEqual([503, 'circuit_open']);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain(
      'gateway_streams_broken_total{upstream="gpt"} 2',
    );
  });

  it('refuses a body that nests too deep, and blames no upstream for it', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url}`,
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '1',
    });
    const deep = `{"model":"gpt/other","messages":[{"role":"user","content":"Hi"}],"x":${'['.repeat(600)}${']'.repeat(600)}}`;
    expect((await post(gateway, deep)).status).toBe(422);
    upstream.script(() => ({ body: openAiReply('fine') }));
    expect((await post(gateway, { model: 'gpt', ...BODY })).status).toBe(200);
  });

  it('serves models whose names no header can hold', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: '한국어=mock://fail;예비=mock://',
      GATEWAY_FALLBACKS: '한국어=예비',
    });
    for (const stream of [false, true]) {
      const reply = await post(gateway, { model: '한국어', stream, ...BODY });
      expect([reply.status, decodeURIComponent(reply.headers.get('x-fallback-model') ?? '')]).toEqual([200, '예비']);
      await reply.text();
    }
    expect(gateway.records).toMatchObject([{ status: 'success' }, { status: 'success' }]);
  });

  it('keeps no credential of a caller', async () => {
    gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'm=mock://local' });
    const secret = { 'x-goog-api-key': 'SECRET', 'x-vault-token': 'SECRET', cookie: 'SECRET', 'x-team': 'blue' };
    const reply = await post(gateway, { model: 'm', ...BODY }, secret);
    expect(JSON.stringify(gateway.records)).not.toContain('SECRET');
    expect(gateway.records).toMatchObject([
      {
        litellm_call_id: reply.headers.get('x-litellm-call-id'),
        metadata: { requester_custom_headers: { 'x-team': 'blue' } },
      },
    ]);
  });

  it('gives up on a silent upstream', async () => {
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: 'slow=mock://local?ttft_ms=5000',
      GATEWAY_REQUEST_TIMEOUT_SECONDS: '0.1',
    });
    expect(await code(await post(gateway, { model: 'slow', ...BODY }))).toEqual([504, 'deadline_exceeded']);
    expect(gateway.records).toMatchObject([{ status: 'failure', model: 'mock/slow' }]);
  });

  it('sends unknown models to the default upstream, or answers 404', async () => {
    gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'm=mock://local', GATEWAY_DEFAULT_UPSTREAM: 'm' });
    expect(await (await post(gateway, { model: 'any/thing', ...BODY })).json()).toMatchObject({ model: 'any/thing' });
    await gateway.close();
    gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'm=mock://local' });
    expect(await code(await post(gateway, { model: 'any', ...BODY }))).toEqual([404, 'model_not_found']);
  });

  it('takes a LiteLLM config.yaml', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
    const file = join(folder, 'config.yaml');
    writeFileSync(
      file,
      `
model_list:
  - model_name: smart
    litellm_params: { model: openai/gpt-4o, api_base: ${upstream.url}/v1, api_key: os.environ/OWN_KEY, rpm: 5 }
    model_info: { id: deployment-7 }
general_settings: { master_key: sk-master }
environment_variables: { OWN_KEY: from-the-file }
`,
    );
    try {
      gateway = await startTestGateway({}, ['--config', file]);
      upstream.script(() => ({ body: openAiReply('ok') }));
      const raw = '{"model": "smart", "seed": 12345678901234567890, "messages": [{"role":"user","content":"\\u00e9"}]}';
      const reply = await post(gateway, raw, { 'x-api-key': 'sk-master' });
      expect([reply.status, reply.headers.get('x-litellm-model-id')]).toEqual([200, 'deployment-7']);
      const seen = upstream.requests.at(-1);
      expect(seen?.headers['authorization']).toBe('Bearer from-the-file');
      expect(seen?.body.toString()).toBe(raw.replace('"smart"', '"gpt-4o"'));
      expect(gateway.records).toMatchObject([
        { model: 'openai/gpt-4o', model_group: 'smart', model_id: 'deployment-7' },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('waits for each deployment as long as its entry says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
    const file = join(folder, 'config.yaml');
    const entry = (name: string, limits: string): string =>
      `  - { model_name: ${name}, litellm_params: { model: openai/x, api_base: "${upstream.url}", ${limits} } }`;
    writeFileSync(
      file,
      ['model_list:', entry('both', 'timeout: 0.1'), entry('stream', 'stream_timeout: 0.1')].join('\n'),
    );
    try {
      const started = await startTestGateway({}, ['--config', file]);
      gateway = started;
      upstream.script(async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { body: openAiReply('late') };
      });
      const status = async (body: object): Promise<number> => (await post(started, { ...BODY, ...body })).status;
      expect(await status({ model: 'both' })).toBe(504);
      expect(await status({ model: 'both', stream: true })).toBe(504);
      expect(await status({ model: 'stream' })).toBe(200);
      expect(await status({ model: 'stream', stream: true })).toBe(504);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lists every configuration problem at once and shows no secret', async () => {
    const start = startTestGateway({
      GATEWAY_API_KEYS: '',
      HOST: '0.0.0.0',
      GATEWAY_RATE_LIMIT_PER_MINUTE: 'many',
      GATEWAY_UPSTREAMS: 'a=ftp://x;sk-secret-in-the-wrong-place;b=mock://nowhere;c=https://user:sk-secret@host',
      GATEWAY_FALLBACKS: 'a=zzz',
      REDIS_URL: 'http://:sk-secret@redis',
    });
    const error = await start.then(
      () => new Error('it started'),
      (thrown: Error) => thrown,
    );
    expect(error.name).toBe('ConfigurationError');
    for (const part of ['GATEWAY_API_KEYS', 'RATE_LIMIT', '(a)', 'item 2', '(b)', '(c)', 'zzz', 'REDIS_URL']) {
      expect(error.message).toContain(part);
    }
    expect(error.message).not.toContain('sk-secret');
  });

  it('documents its routes', async () => {
    gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'm=mock://local' });
    const document = (await (await fetch(`${gateway.url}/docs-json`)).json()) as { paths: Record<string, object> };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/v1/chat/completions', '/v1/messages', '/v1/models', '/v1/circuit-breakers', '/health']),
    );
    expect(JSON.stringify(document.paths['/v1/chat/completions'])).toContain('/ChatCompletionRequest"');
    expect(await (await fetch(`${gateway.url}/health`)).json()).toMatchObject({ status: 'healthy' });
  });
});
