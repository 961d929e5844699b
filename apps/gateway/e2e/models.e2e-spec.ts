import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const CONFIG = `
model_list:
  - model_name: openai/gpt-4o
    litellm_params: { model: openai/gpt-4o, api_key: sk-hidden, api_base: "https://example.invalid/v1" }
    model_info: { id: azure-1, max_input_tokens: 128000, supports_vision: true, team: blue }
  - model_name: fast
    litellm_params: { model: mock/fast }
`;

describe('models', () => {
  let folder: string;
  let gateway: TestGateway;
  let openai: OpenAI;
  let anthropic: Anthropic;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'models-'));
    writeFileSync(join(folder, 'config.yaml'), CONFIG);
    const variables = { GATEWAY_UPSTREAMS: 'mock=mock://echo', GATEWAY_DEFAULT_UPSTREAM: 'mock' };
    gateway = await startTestGateway(variables, ['--config', join(folder, 'config.yaml')]);
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: KEY, maxRetries: 0 });
    anthropic = new Anthropic({ baseURL: gateway.url, apiKey: KEY, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  const names = ['mock', 'openai/gpt-4o', 'fast'];
  const get = async (path: string, headers: Record<string, string> = {}): Promise<[number, object]> => {
    const reply = await fetch(gateway.url + path, { headers: { 'x-api-key': KEY, ...headers } });
    return [reply.status, (await reply.json()) as object];
  };

  it('are listed for the OpenAI client', async () => {
    const models = [];
    for await (const model of openai.models.list()) models.push(model);
    expect(models.map(({ id }) => id)).toEqual(names);
    expect(models[0]).toEqual({ id: 'mock', object: 'model', created: 1677610602, owned_by: 'openai' });
  });

  it('are listed for the Anthropic client, on as many pages as it likes', async () => {
    const page = await anthropic.models.list({ limit: 1000 });
    expect(page.data.map(({ id }) => id)).toEqual(names);
    expect([page.has_more, page.first_id, page.last_id]).toEqual([false, 'mock', 'fast']);
    expect(page.data[0]).toMatchObject({ type: 'model', id: 'mock', display_name: 'mock' });
    expect(page.data[0]?.created_at).toBe('2023-02-28T18:56:42Z');
    const ids = [];
    for await (const { id } of anthropic.models.list({ limit: 2 })) ids.push(id);
    expect(ids).toEqual(names);
  });

  it('are found one by one, slashes in their names and all', async () => {
    expect(await openai.models.retrieve('mock')).toMatchObject({ id: 'mock', object: 'model' });
    expect(await openai.models.retrieve('openai/gpt-4o')).toMatchObject({ id: 'openai/gpt-4o' });
    expect(await anthropic.models.retrieve('openai/gpt-4o')).toMatchObject({ type: 'model', id: 'openai/gpt-4o' });
    expect(await get('/models/openai/gpt-4o')).toMatchObject([200, { id: 'openai/gpt-4o' }]);
    expect(await get('/v1/models/mock/any-name')).toMatchObject([200, { id: 'mock/any-name' }]);
  });

  it('that nobody has listed are not found, although the default upstream is asked for them', async () => {
    await expect(openai.models.retrieve('nobody')).rejects.toThrow(OpenAI.NotFoundError);
    await expect(anthropic.models.retrieve('nobody')).rejects.toThrow(Anthropic.NotFoundError);
    expect(await get('/v1/models/nobody', { 'anthropic-version': '2023-06-01' })).toMatchObject([
      404,
      { type: 'error', error: { type: 'not_found_error' } },
    ]);
  });

  it.each(['/model/info', '/v1/model/info'])('are described at %s, without credentials', async (path) => {
    const [status, { data }] = (await get(path)) as [number, { data: object[] }];
    expect(status).toBe(200);
    expect(JSON.stringify(data)).not.toContain('sk-hidden');
    expect(data).toMatchObject([
      {
        model_name: 'mock',
        litellm_params: { model: 'mock' },
        model_info: { litellm_provider: 'mock', max_tokens: null },
      },
      {
        model_name: 'openai/gpt-4o',
        litellm_params: { model: 'openai/gpt-4o' },
        model_info: { id: 'azure-1', max_input_tokens: 128_000, supports_vision: true, team: 'blue' },
      },
      { model_name: 'fast', litellm_params: { model: 'mock/fast' } },
    ]);
  });

  it('are not told without a key', async () => {
    for (const path of ['/v1/models', '/models/mock', '/model/info']) {
      expect((await fetch(gateway.url + path)).status).toBe(401);
    }
  });

  it('are no secret that hello would need a key for', async () => {
    const head = await fetch(`${gateway.url}/api/hello`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(await (await fetch(`${gateway.url}/api/hello`)).json()).toEqual({ message: 'hello' });
  });
});
