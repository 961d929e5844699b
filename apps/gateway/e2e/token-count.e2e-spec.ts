import Anthropic from '@anthropic-ai/sdk';
import { ScriptedUpstream } from '@sallyport/testing';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const COUNTED_BY = 'x-sallyport-token-count';

describe('counting tokens', () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  let anthropic: Anthropic;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url}`,
      GATEWAY_UPSTREAM_CLAUDE_API_KEY: 'upstream-key',
    });
    anthropic = new Anthropic({ baseURL: gateway.url, apiKey: KEY, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.requests.length = 0;
  });

  const messages = [{ role: 'user' as const, content: 'How many tokens are these?' }];
  const count = (model: string, more: object = {}) =>
    anthropic.messages.countTokens({ model, messages, ...more }).withResponse();
  const post = (body: string, path = '/v1/messages/count_tokens'): Promise<Response> =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, 'anthropic-beta': 'b-1' },
      body,
    });

  it('is left to an upstream that can, in the client’s own bytes', async () => {
    upstream.script(() => ({ body: { input_tokens: 42 } }));
    const { data, response } = await count('claude');
    expect([data.input_tokens, response.headers.get(COUNTED_BY)]).toEqual([42, 'upstream']);
    const body = '{"model": "claude/opus", "messages":[{"role":"user","content":"hi"}], "n":12345678901234567890}';
    const reply = await post(body, '/v1/messages/count_tokens?beta=true');
    expect(await reply.json()).toEqual({ input_tokens: 42 });
    const seen = upstream.requests.at(-1);
    expect([seen?.path, seen?.headers['anthropic-beta']]).toEqual(['/v1/messages/count_tokens?beta=true', 'b-1']);
    expect(seen?.body.toString()).toBe(body.replace('claude/opus', 'opus'));
  });

  it('is estimated for an upstream that cannot, without asking it', async () => {
    const { data, response } = await count('gpt');
    expect(response.headers.get(COUNTED_BY)).toBe('estimate');
    expect(data.input_tokens).toBeGreaterThanOrEqual(6);
    expect(data.input_tokens).toBeLessThan(30);
    expect(upstream.requests).toEqual([]);
  });

  it.each([404, 405, 501])(
    'is estimated when the upstream answers %d, and again asked the next time',
    async (status) => {
      upstream.script(() => ({ status, body: { type: 'error', error: { type: 'not_found_error', message: 'no' } } }));
      const { data, response } = await count('claude');
      expect([response.status, response.headers.get(COUNTED_BY)]).toEqual([200, 'estimate']);
      expect(data.input_tokens).toBeGreaterThanOrEqual(6);
      upstream.script(() => ({ body: { input_tokens: 7 } }));
      expect((await count('claude')).data.input_tokens).toBe(7);
    },
  );

  it('passes on any other refusal', async () => {
    const body = { type: 'error', error: { type: 'invalid_request_error', message: 'too long' } };
    upstream.script(() => ({ status: 400, body }));
    await expect(count('claude')).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
  });

  it('includes system, tools, pictures and documents', async () => {
    const plain = (await count('gpt')).data.input_tokens;
    const more = async (fields: object): Promise<number> => (await count('gpt', fields)).data.input_tokens - plain;
    expect(await more({ system: 'Answer in one word.' })).toBeGreaterThanOrEqual(4);
    const tools = [{ name: 'f', description: 'Finds it', input_schema: { type: 'object', properties: {} } }];
    expect(await more({ tools })).toBeGreaterThan(10);
    const data = Buffer.alloc(300_000, 'x').toString('base64');
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data } };
    const tokens = await more({ messages: [...messages, { role: 'user', content: [image] }] });
    expect(tokens).toBeGreaterThan(1_500);
    expect(tokens).toBeLessThan(1_700);
  });

  it.each([
    ['model', '{"messages":[{"role":"user","content":"hi"}]}'],
    ['messages', '{"model":"gpt"}'],
    ['messages', '{"model":"gpt","messages":[]}'],
  ])('needs %s', async (field, body) => {
    const reply = await post(body);
    expect([reply.status, await reply.json()]).toMatchObject([
      422,
      { type: 'error', error: { type: 'invalid_request_error', message: expect.stringContaining(field) as string } },
    ]);
  });

  it('needs a model that somebody serves', async () => {
    await expect(count('nobody')).rejects.toThrow(Anthropic.NotFoundError);
  });
});
