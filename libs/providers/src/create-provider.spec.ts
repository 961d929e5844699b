import { Secret } from '@sallyport/config';
import { createDeploymentProvider, createUpstreamProvider } from './create-provider';
import type { HttpReply, HttpRequest } from './http/http.port';
import type { Provider, ProviderCall } from './provider.port';

const sent: HttpRequest[] = [];
const http = {
  send: (request: HttpRequest): Promise<HttpReply> => {
    sent.push(request);
    return Promise.reject(new Error('not sent'));
  },
};
const keys = (variable: string): Secret => new Secret(`value of ${variable}`);

async function requestOf(provider: Provider): Promise<HttpRequest> {
  const [endpoint = 'openai-chat'] = provider.endpoints;
  const call: ProviderCall = {
    endpoint,
    method: 'POST',
    subpath: '',
    model: 'm',
    contentType: 'application/json',
    body: Buffer.from('{}'),
    headers: { 'user-agent': 'me' },
    signal: new AbortController().signal,
    firstByteTimeoutMs: 1,
    idleTimeoutMs: 1,
  };
  await provider.call(call).catch(() => undefined);
  return sent.at(-1) as HttpRequest;
}

describe(createUpstreamProvider.name, () => {
  const create = (address: string, key?: Secret): Provider => createUpstreamProvider(address, key, keys, http);

  it.each([
    ['http://host:8001', 'http://host:8001/v1/chat/completions', undefined],
    ['http://host:8001/', 'http://host:8001/v1/chat/completions', undefined],
    ['https://host/api/v3/', 'https://host/api/v3/chat/completions', undefined],
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions', 'Bearer value of OPENAI_API_KEY'],
    [
      'https://openrouter.ai/api/v1',
      'https://openrouter.ai/api/v1/chat/completions',
      'Bearer value of OPENROUTER_API_KEY',
    ],
    ['https://api.openai.com.evil.example', 'https://api.openai.com.evil.example/v1/chat/completions', undefined],
  ])('calls %s at %s', async (address, url, authorization) => {
    const request = await requestOf(create(address));
    expect([request.url, request.headers['authorization']]).toEqual([url, authorization]);
  });

  it.each([
    ['anthropic://api.anthropic.com', 'value of ANTHROPIC_API_KEY'],
    ['anthropic+http://127.0.0.1:9', undefined],
  ])('sends Anthropic’s key to Anthropic only (%s)', async (address, key) => {
    const { url, headers } = await requestOf(create(address));
    expect(url).toMatch(/\/v1\/messages$/);
    expect([headers['x-api-key'], headers['anthropic-version']]).toEqual([key, '2023-06-01']);
  });

  it('prefers the upstream’s own key', async () => {
    const request = await requestOf(create('https://api.openai.com/v1', new Secret('own')));
    expect(request.headers).toMatchObject({
      authorization: 'Bearer own',
      'user-agent': 'me',
      'accept-encoding': 'identity',
    });
  });

  it.each([
    '',
    'anthropic://',
    'host:80',
    'ftp://x',
    'mock://what',
    'mock://local?ttft_ms=-1',
    'mock://fail?status=200',
    'http://u:p@h',
  ])('refuses %j', (address) => {
    expect(() => create(address)).toThrow(RangeError);
  });
});

describe(createDeploymentProvider.name, () => {
  const create = (prefix: string, apiBase?: string, apiKey?: Secret): Provider =>
    createDeploymentProvider({ prefix, apiBase, apiKey }, keys, http);

  it('uses the vendor’s address and key variable', async () => {
    const { url, headers } = await requestOf(create('openai'));
    expect([url, headers['authorization']]).toEqual([
      'https://api.openai.com/v1/chat/completions',
      'Bearer value of OPENAI_API_KEY',
    ]);
  });

  it.each(['https://proxy.example', 'https://proxy.example/v1', 'https://proxy.example/v1/messages/'])(
    'reads an Anthropic base as LiteLLM does (%s)',
    async (base) => {
      expect((await requestOf(create('anthropic', base))).url).toBe('https://proxy.example/v1/messages');
    },
  );

  it('refuses what it does not know or cannot reach', () => {
    expect(() => create('martian')).toThrow('provider "martian" is not known');
    expect(() => create('hosted_vllm')).toThrow('provider "hosted_vllm" needs api_base');
  });
});
