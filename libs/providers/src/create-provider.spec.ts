import { DeploymentOptions, Secret, type DeploymentSettings, type NamedUpstream } from '@sallyport/config';
import { createDeploymentProvider, createUpstreamProvider } from './create-provider';
import type { HttpReply, HttpRequest } from './http/http.port';
import type { Provider, ProviderCall } from './provider.port';
import type { ProviderContext } from './provider-settings';

const sent: HttpRequest[] = [];
const http = {
  send: (request: HttpRequest): Promise<HttpReply> => {
    sent.push(request);
    return Promise.reject(new Error('not sent'));
  },
};

/** Every credential variable is set to its own name; of the others only those given. */
function contextWith(variables: Readonly<Record<string, string>> = {}): ProviderContext {
  const secret = (name: string): Secret => new Secret(`value of ${name}`);
  return { env: { text: (name) => variables[name], secret }, http };
}

async function requestOf(provider: Provider, changes: Partial<ProviderCall> = {}): Promise<HttpRequest> {
  const [endpoint = 'openai-chat'] = provider.endpoints;
  const call: ProviderCall = {
    endpoint,
    method: 'POST',
    subpath: '',
    model: 'm',
    contentType: 'application/json',
    body: Buffer.from('{"model":"m", "seed" : 1,"n":12345678901234567890}'),
    headers: { 'user-agent': 'me' },
    signal: new AbortController().signal,
    firstByteTimeoutMs: 1,
    idleTimeoutMs: 1,
    ...changes,
  };
  await provider.call(call).catch(() => undefined);
  return sent.at(-1) as HttpRequest;
}

const upstream = (address: string, more: Partial<NamedUpstream> = {}, variables = {}): Provider =>
  createUpstreamProvider(
    { name: 'u', address, apiKey: undefined, endpoints: undefined, ...more },
    { dropParams: true, defaultMaxTokens: 7 },
    contextWith(variables),
  );

interface Entry extends Partial<DeploymentSettings> {
  readonly params?: Readonly<Record<string, unknown>>;
}

const deployment = (provider: string, { params = {}, ...more }: Entry = {}, variables = {}): Provider =>
  createDeploymentProvider(
    {
      group: 'g',
      id: 'g-0',
      provider,
      model: 'm',
      apiBase: undefined,
      apiKey: undefined,
      options: new DeploymentOptions(params),
      extraHeaders: {},
      endpoints: undefined,
      chatOnly: false,
      dropParams: false,
      dropFields: [],
      defaultMaxTokens: 4096,
      timeoutMs: undefined,
      streamTimeoutMs: undefined,
      onClientAbort: undefined,
      prices: undefined,
      info: {},
      params,
      where: 'model_list.0',
      ...more,
    },
    contextWith(variables),
  );

/** Every header that may hold a credential. */
const credentialsIn = ({ headers }: HttpRequest): unknown[] =>
  ['authorization', 'x-api-key', 'api-key'].map((name) => headers[name]).filter((value) => value !== undefined);

describe(createUpstreamProvider.name, () => {
  it.each([
    ['http://host:8001', 'http://host:8001/v1/chat/completions', []],
    ['http://host:8001/', 'http://host:8001/v1/chat/completions', []],
    ['https://host/api/v3/', 'https://host/api/v3/chat/completions', []],
    ['https://api.openai.com', 'https://api.openai.com/v1/chat/completions', ['Bearer value of OPENAI_API_KEY']],
    ['https://openrouter.ai', 'https://openrouter.ai/api/v1/chat/completions', ['Bearer value of OPENROUTER_API_KEY']],
    ['http://api.openai.com/v1', 'http://api.openai.com/v1/chat/completions', []],
    ['https://api.openai.com.evil.example', 'https://api.openai.com.evil.example/v1/chat/completions', []],
    ['https://evil-api.openai.com', 'https://evil-api.openai.com/v1/chat/completions', []],
    ['https://r.openai.azure.com', 'https://r.openai.azure.com/openai/v1/chat/completions', []],
    ['https://w.cloud.databricks.com', 'https://w.cloud.databricks.com/serving-endpoints/chat/completions', []],
    ['litellm://host:4000', 'http://host:4000/v1/chat/completions', ['Bearer value of LITELLM_PROXY_API_KEY']],
    ['litellm+https://host/x', 'https://host/x/chat/completions', ['Bearer value of LITELLM_PROXY_API_KEY']],
    ['openrouter://', 'https://openrouter.ai/api/v1/chat/completions', ['Bearer value of OPENROUTER_API_KEY']],
    ['ollama://', 'http://127.0.0.1:11434/v1/chat/completions', ['Bearer value of OLLAMA_API_KEY']],
    ['anthropic://', 'https://api.anthropic.com/v1/messages', ['value of ANTHROPIC_API_KEY']],
    ['anthropic://api.anthropic.com', 'https://api.anthropic.com/v1/messages', ['value of ANTHROPIC_API_KEY']],
    ['anthropic+http://127.0.0.1:9', 'http://127.0.0.1:9/v1/messages', []],
    ['anthropic://api.anthropic.com.evil.example', 'https://api.anthropic.com.evil.example/v1/messages', []],
  ])('calls %s at %s, with keys for that address only', async (address, url, credentials) => {
    const request = await requestOf(upstream(address));
    expect([request.url, credentialsIn(request)]).toEqual([url, credentials]);
  });

  it('knows an address of one’s own at a shared vendor by the variable that names it', async () => {
    const request = await requestOf(
      upstream('https://r.openai.azure.com', {}, { AZURE_API_BASE: 'https://r.openai.azure.com/' }),
    );
    expect(credentialsIn(request)).toEqual(['value of AZURE_API_KEY']);
  });

  it('prefers the upstream’s own key', async () => {
    const request = await requestOf(upstream('https://api.openai.com/v1', { apiKey: new Secret('own') }));
    expect(request.headers).toMatchObject({
      authorization: 'Bearer own',
      'user-agent': 'me',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
    });
  });

  it('serves what is known of the address, or what the operator says', () => {
    expect(upstream('https://api.openai.com/v1').endpoints).toContain('openai-responses');
    const unknown = upstream('http://host');
    expect(unknown.endpoints[0]).toBe('openai-chat');
    expect(unknown.endpoints).toEqual(expect.arrayContaining(['openai-embeddings', 'openai-completions', 'rerank']));
    expect(unknown.endpoints).not.toContain('openai-responses');
    expect(unknown.traits).toMatchObject({ tokenLimitField: 'max_tokens', dropParams: true, defaultMaxTokens: 7 });
    const named = upstream('http://host', { endpoints: ['openai-responses', 'openai-chat'] });
    expect(named.endpoints).toEqual(['openai-responses', 'openai-chat']);
    expect(upstream('mock://echo', { endpoints: ['anthropic-messages'] }).endpoints).toEqual(['anthropic-messages']);
  });

  it.each([
    '',
    'http://',
    'martian://',
    'host:80',
    'ftp://x',
    'openrouter://host',
    'mock://what',
    'mock://local?ttft_ms=-1',
    'mock://fail?status=200',
    'http://u:p@h',
    'http://h/v1?key=x',
    'hosted_vllm://',
  ])('refuses %j', (address) => {
    expect(() => upstream(address)).toThrow(RangeError);
  });

  it('refuses endpoints that it does not know', () => {
    expect(() => upstream('http://h', { endpoints: ['chat'] })).toThrow('endpoint "chat" is not one of openai-chat, ');
    expect(() => upstream('anthropic://', { endpoints: ['openai-chat'] })).toThrow(RangeError);
  });
});

describe(createDeploymentProvider.name, () => {
  it('uses the vendor’s address and key variable, and those of another address', async () => {
    const request = await requestOf(deployment('groq'));
    expect([request.url, ...credentialsIn(request)]).toEqual([
      'https://api.groq.com/openai/v1/chat/completions',
      'Bearer value of GROQ_API_KEY',
    ]);
    const moved = await requestOf(deployment('groq', {}, { GROQ_API_BASE: 'http://proxy/groq' }));
    expect(moved.url).toBe('http://proxy/groq/chat/completions');
  });

  it.each(['https://proxy.example', 'https://proxy.example/v1', 'https://proxy.example/v1/messages/'])(
    'reads an Anthropic base as LiteLLM does (%s)',
    async (apiBase) => {
      expect((await requestOf(deployment('anthropic', { apiBase }))).url).toBe('https://proxy.example/v1/messages');
    },
  );

  it('tells the Anthropic API its version, the query and the way to count', async () => {
    const provider = deployment('anthropic');
    expect(provider.endpoints).toEqual(['anthropic-messages', 'anthropic-count-tokens']);
    const { url, headers } = await requestOf(provider, { endpoint: 'anthropic-count-tokens', subpath: '?beta=true' });
    expect([url, headers['anthropic-version']]).toEqual([
      'https://api.anthropic.com/v1/messages/count_tokens?beta=true',
      '2023-06-01',
    ]);
    const newer = await requestOf(provider, { headers: { 'anthropic-version': '2030-01-01' } });
    expect(newer.headers['anthropic-version']).toBe('2030-01-01');
  });

  it('reads and deletes a stored response by its id', async () => {
    const changes = { endpoint: 'openai-responses', subpath: '/resp_1?include=x', body: undefined } as const;
    const request = await requestOf(deployment('openai'), { ...changes, method: 'DELETE' });
    expect([request.method, request.url]).toEqual(['DELETE', 'https://api.openai.com/v1/responses/resp_1?include=x']);
    expect(request.body).toBeUndefined();
    expect(request.headers).not.toHaveProperty('content-type');
  });

  it('translates Responses calls to chat at another address than the vendor’s', () => {
    expect(deployment('openai').endpoints).toContain('openai-responses');
    expect(deployment('openai', { chatOnly: true }).endpoints).not.toContain('openai-responses');
    const elsewhere = deployment('openai', { apiBase: 'http://vllm/v1' });
    expect(elsewhere.endpoints).not.toContain('openai-responses');
    expect(elsewhere.endpoints).toContain('rerank');
    expect(elsewhere.traits.tokenLimitField).toBe('max_completion_tokens');
    expect(deployment('openrouter', { apiBase: 'http://proxy/v1' }).endpoints).not.toContain('anthropic-messages');
    const named = deployment('openai', { apiBase: 'http://vllm/v1', endpoints: ['openai-responses'] });
    expect(named.endpoints).toEqual(['openai-responses']);
    expect(() => deployment('openai', { endpoints: ['openai-responses'], chatOnly: true })).toThrow('no endpoint');
  });

  it('tells OpenRouter whose calls they are, and OpenAI the organization', async () => {
    const variables = { OR_SITE_URL: 'https://site.example', OR_APP_NAME: 'App', OPENAI_ORGANIZATION: 'org-env' };
    expect((await requestOf(deployment('openrouter', {}, variables))).headers).toMatchObject({
      'http-referer': 'https://site.example',
      'x-openrouter-title': 'App',
      'x-title': 'App',
    });
    const openai = await requestOf(deployment('openai', { params: { organization: 'org-own' } }, variables));
    expect(openai.headers).toMatchObject({ 'openai-organization': 'org-own' });
    expect(openai.headers).not.toHaveProperty('x-title');
    expect(() => deployment('openrouter', {}, { OR_APP_NAME: 'a\nb' })).toThrow(
      'OR_APP_NAME: the header "x-openrouter-title"',
    );
  });

  it('sends the headers of the file and leaves out the fields that it names', async () => {
    const extraHeaders = { 'x-team': new Secret('hunter2'), 'user-agent': new Secret('file') };
    const provider = deployment('openai', { extraHeaders, dropFields: ['seed', 'top_k'] });
    const { headers, body } = await requestOf(provider);
    expect(headers).toMatchObject({ 'x-team': 'hunter2', 'user-agent': 'file' });
    expect(String(body)).toBe('{"model":"m","n":12345678901234567890}');
    expect(JSON.stringify(provider)).not.toContain('hunter2');
    const form = Buffer.from('--b');
    const other = await requestOf(provider, { body: form, contentType: 'multipart/form-data; boundary=b' });
    expect(other.body).toBe(form);
  });

  it.each(['host', 'content-type', 'a b'])('refuses to send the header %j', (name) => {
    const create = (): Provider => deployment('openai', { extraHeaders: { [name]: new Secret('hunter2') } });
    expect(create).toThrow(`extra_headers: the header "${name}" cannot be sent`);
  });

  it('puts an account into the address', async () => {
    const { url } = await requestOf(deployment('cloudflare', {}, { CLOUDFLARE_ACCOUNT_ID: 'a/b' }));
    expect(url).toBe('https://api.cloudflare.com/client/v4/accounts/a%2Fb/ai/v1/chat/completions');
    expect(() => deployment('cloudflare')).toThrow('provider "cloudflare" needs api_base or CLOUDFLARE_ACCOUNT_ID');
  });

  it.each([
    ['bedrock', 'https://bedrock-runtime.eu-west-1.amazonaws.com'],
    ['cohere', 'https://api.cohere.com/v2'],
    ['cohere_chat', 'https://api.cohere.com/v2'],
    ['laas', 'https://api-laas.wanted.co.kr'],
    ['mock', 'mock://local'],
  ])('makes the provider %s', (prefix, apiBase) => {
    expect(deployment(prefix, {}, { AWS_REGION: 'eu-west-1' }).apiBase).toBe(apiBase);
  });

  it('refuses what it does not know or cannot reach', () => {
    expect(() => deployment('vertex_ai')).toThrow(RangeError);
    expect(() => deployment('martian')).toThrow('provider "martian" is not known');
    expect(() => deployment('hosted_vllm')).toThrow('provider "hosted_vllm" needs api_base or HOSTED_VLLM_API_BASE');
  });
});

describe('Azure', () => {
  const AT = 'https://r.openai.azure.com';

  it.each([AT, `${AT}/`, `${AT}/openai`, `${AT}/openai/v1/`, `${AT}/openai/deployments/d/chat/completions`])(
    'is reached by the v1 API at %s',
    async (apiBase) => {
      const request = await requestOf(deployment('azure', { apiBase }));
      expect([request.url, credentialsIn(request)]).toEqual([
        `${AT}/openai/v1/chat/completions`,
        ['value of AZURE_API_KEY'],
      ]);
    },
  );

  it('takes its address from the variable, and the version as a query', async () => {
    const variables = { AZURE_API_BASE: 'http://127.0.0.1:9', AZURE_API_VERSION: 'preview' };
    const provider = deployment('azure', {}, variables);
    const { url } = await requestOf(provider, { subpath: '?x=1' });
    expect(url).toBe('http://127.0.0.1:9/openai/v1/chat/completions?x=1&api-version=preview');
    expect(provider.endpoints).not.toContain('openai-responses');
    expect(deployment('azure', { apiBase: AT }).endpoints).toContain('openai-responses');
    expect(() => deployment('azure')).toThrow('provider "azure" needs api_base or AZURE_API_BASE');
  });

  it('is reached by the older API with a dated version', async () => {
    const provider = deployment('azure', { apiBase: AT, params: { api_version: '2024-10-21' } });
    const { url } = await requestOf(provider, { model: 'my model' });
    expect(url).toBe(`${AT}/openai/deployments/my%20model/chat/completions?api-version=2024-10-21`);
    expect(provider.endpoints).not.toContain('openai-responses');
    expect(provider.endpoints).not.toContain('openai-files');
  });
});
