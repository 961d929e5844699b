import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkStream, type StreamDialect } from '@sallyport/testing';
import { parse } from 'yaml';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const REPOSITORY = join(__dirname, '../../..');
const EXAMPLES = join(REPOSITORY, 'examples');
/** What the mock answers to the question that all programs ask. */
const ANSWER = 'Hello from the mock upstream. You said: What is a sally port?';
const CITY = /\{ name: 'text', founded: 1 \}/;
const VECTORS = '2 vectors of 1536 numbers';
const CALL = 'weather({"city":"text"})';

/** What each program prints, in order. */
const PRINTED: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'openai-chat.mjs': [ANSWER, /\d tokens/, CITY, VECTORS],
  'openai-responses.mjs': [ANSWER, /\d tokens/, CALL, 'You said: What is the weather in Paris?'],
  'anthropic.mjs': [/\d tokens to send/, ANSWER, /\d tokens received/, CALL, 'You said: {"sky":"clear"}'],
  'langchain.mjs': [ANSWER, ANSWER, CITY, VECTORS],
  'ai-sdk.mjs': [ANSWER, /\d tokens/, ANSWER, /\d tokens/, ANSWER, /\d tokens/, CITY, VECTORS],
};

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment: Readonly<Record<string, string>>;
        readonly networks: readonly string[];
        readonly depends_on?: object;
        readonly ports: readonly string[];
      }
    >
  >;
}

const read = (path: string): string => readFileSync(join(EXAMPLES, path), 'utf8');

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'mock=mock://local' });
});
afterAll(() => gateway.close());

/** Calls an address of an example, where the gateway of the test stands in for the one that it names. */
function call(address: string, path: string, body?: object): Promise<Response> {
  const { pathname } = new URL(address);
  return fetch(gateway.url + pathname.replace(/\/$/, '') + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function expectStream(dialect: StreamDialect, reply: Response): Promise<void> {
  const text = await reply.text();
  expect([reply.status, checkStream(dialect, text)]).toEqual([200, []]);
}

describe('programs', () => {
  it('are all run here', () => {
    const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.mjs'));
    expect(files.sort()).toEqual(Object.keys(PRINTED).sort());
  });

  it.each(Object.entries(PRINTED))('%s', async (file, printed) => {
    const env = { PATH: process.env['PATH'], SALLYPORT_URL: gateway.url, SALLYPORT_KEY: KEY };
    const { stdout } = await promisify(execFile)(process.execPath, [join(EXAMPLES, file)], { env });
    let rest = stdout;
    for (const part of printed) {
      const at = typeof part === 'string' ? rest.indexOf(part) : rest.search(part);
      expect({ missing: at < 0 ? String(part) : undefined, stdout }).toEqual({ missing: undefined, stdout });
      rest = rest.slice(at + 1);
    }
  });
});

describe('applications', () => {
  const product = parse(readFileSync(join(REPOSITORY, 'docker/compose.yaml'), 'utf8'), { merge: true }) as Compose;

  /** The variables of the one service that an overlay adds, as the product's Compose file lets it run. */
  function overlay(name: string): Readonly<Record<string, string>> {
    const service = (parse(read(`${name}/compose.yaml`)) as Compose).services[name];
    if (service === undefined) throw new Error(`${name} is no service of its file`);
    expect(Object.keys(service.depends_on ?? {})).toEqual(['gateway']);
    expect(product.services['gateway']?.networks).toEqual(expect.arrayContaining([...service.networks]));
    expect(service.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+:\d+$/)]);
    return service.environment;
  }

  const OF_GATEWAY = 'http://gateway:4000/v1';
  const SECRET = '${LITELLM_MASTER_KEY:?run docker/create-env.sh first}';

  it('listen where the gateway does', () => {
    expect(product.services['gateway']?.ports).toEqual(['127.0.0.1:4000:4000']);
    expect(product.services['gateway']?.environment['LITELLM_MASTER_KEY']).toBe(SECRET);
  });

  it('Open WebUI lists models, chats and embeds', async () => {
    const settings = overlay('open-webui');
    expect(settings).toMatchObject({
      OPENAI_API_BASE_URLS: OF_GATEWAY,
      OPENAI_API_KEYS: SECRET,
      ENABLE_OLLAMA_API: 'false',
      ENABLE_PERSISTENT_CONFIG: 'false',
      RAG_EMBEDDING_ENGINE: 'openai',
      RAG_OPENAI_API_BASE_URL: OF_GATEWAY,
      RAG_OPENAI_API_KEY: SECRET,
    });
    const base = settings['OPENAI_API_BASE_URLS'] ?? '';
    expect(await (await call(base, '/models')).json()).toMatchObject({ object: 'list', data: [{ id: 'mock' }] });
    const messages = [{ role: 'user', content: 'hi' }];
    await expectStream('openai-chat', await call(base, '/chat/completions', { model: 'mock', messages, stream: true }));
    const vectors = await call(settings['RAG_OPENAI_API_BASE_URL'] ?? '', '/embeddings', {
      model: 'mock',
      input: ['a'],
    });
    expect(await vectors.json()).toMatchObject({ object: 'list', data: [{ index: 0 }] });
  });

  it('Flowise chats, and may call a private address', async () => {
    const settings = overlay('flowise');
    expect(settings).toMatchObject({
      OPENAI_API_BASE: OF_GATEWAY,
      OPENAI_API_KEY: SECRET,
      HTTP_SECURITY_CHECK: 'false',
      HTTP_DENY_LIST: '169.254.169.254',
    });
    const messages = [{ role: 'user', content: 'hi' }];
    const body = { model: 'mock', messages, stream: true, temperature: 0.9, max_completion_tokens: 50 };
    await expectStream('openai-chat', await call(settings['OPENAI_API_BASE'] ?? '', '/chat/completions', body));
  });

  it('Langflow lists models, and may send its key to the gateway', async () => {
    const settings = overlay('langflow');
    expect(settings).toMatchObject({
      OPENAI_COMPATIBLE_BASE_URL: OF_GATEWAY,
      OPENAI_COMPATIBLE_API_KEY: SECRET,
      LANGFLOW_DEFAULT_OPENAI_BASE_URL: OF_GATEWAY,
      LANGFLOW_DEFAULT_OPENAI_API_KEY: SECRET,
    });
    const { host, hostname } = new URL(OF_GATEWAY);
    expect(settings['LANGFLOW_PROVIDER_CREDENTIAL_ALLOWED_HOSTS']?.split(',')).toEqual([`http://${host}`, host]);
    expect(settings['LANGFLOW_SSRF_ALLOWED_HOSTS']).toBe(hostname);
    const models = await call(settings['OPENAI_COMPATIBLE_BASE_URL'] ?? '', '/models');
    expect(await models.json()).toMatchObject({ object: 'list', data: [{ id: 'mock' }] });
  });
});

describe('coding agents', () => {
  it('Claude Code finds the gateway, streams and counts', async () => {
    const { env } = JSON.parse(read('claude-code/settings.json')) as { env: Record<string, string> };
    const { ANTHROPIC_BASE_URL: base = '', ANTHROPIC_AUTH_TOKEN: key, ...models } = env;
    expect([base, key]).toEqual(['http://127.0.0.1:4000', 'dev-key']);
    expect(Object.keys(models).sort()).toEqual([
      'ANTHROPIC_DEFAULT_HAIKU_MODEL',
      'ANTHROPIC_DEFAULT_OPUS_MODEL',
      'ANTHROPIC_DEFAULT_SONNET_MODEL',
      'ANTHROPIC_MODEL',
    ]);
    expect(new Set(Object.values(models))).toEqual(new Set(['mock']));
    expect((await fetch(`${gateway.url}/api/hello`, { method: 'HEAD' })).status).toBe(200);
    const asked = {
      model: models['ANTHROPIC_MODEL'],
      system: [{ type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [{ name: 'Bash', description: 'Runs', input_schema: { type: 'object', properties: {} } }],
    };
    const more = { max_tokens: 32_000, thinking: { type: 'adaptive' }, metadata: { user_id: 'u' }, stream: true };
    await expectStream('anthropic-messages', await call(base, '/v1/messages?beta=true', { ...asked, ...more }));
    const count = await call(base, '/v1/messages/count_tokens?beta=true', asked);
    expect(await count.json()).toEqual({ input_tokens: expect.any(Number) as number });
  });

  it('Codex streams responses', async () => {
    const config = read('codex/config.toml');
    expect(config).toContain('\n[model_providers.sallyport]\n');
    const pairs = config.matchAll(/^(\w+) = "(.*)"$/gm);
    const values: Record<string, string> = {};
    for (const [, name = '', value = ''] of pairs) values[name] = value;
    expect(values).toEqual({
      model: 'mock',
      model_provider: 'sallyport',
      name: 'Sallyport',
      base_url: 'http://127.0.0.1:4000/v1',
      env_key: 'SALLYPORT_KEY',
      wire_api: 'responses',
    });
    const asked = {
      model: 'mock',
      instructions: 'You are an agent.',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }],
      tools: [{ type: 'function', name: 'shell', strict: false, parameters: { type: 'object', properties: {} } }],
      tool_choice: 'auto',
      parallel_tool_calls: false,
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'k',
      store: false,
      stream: true,
    };
    await expectStream('openai-responses', await call(values['base_url'] ?? '', '/responses', asked));
  });
});
