import { inspect } from 'node:util';
import { Environment } from '../environment/environment';
import { configFileSchema } from '../litellm/config-file.schema';
import { readConversationSettings } from './conversation-settings';
import { readDeployments, type DeploymentSettings } from './deployment-settings';

const DEFAULTS = { dropParams: false, defaultMaxTokens: 4096 };

function read(entry: object): DeploymentSettings {
  const file = configFileSchema.parse({ model_list: [{ model_name: 'm', ...entry }] });
  const [deployment] = readDeployments(new Environment({}), file, DEFAULTS);
  if (deployment === undefined) throw new Error('no deployment was read');
  return deployment;
}

const problems = (file: object): string[] =>
  (configFileSchema.safeParse(file).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe(readDeployments.name, () => {
  it('has defaults for all that an entry leaves out', () => {
    expect(read({ litellm_params: { model: 'groq/a/b' } })).toMatchObject({
      group: 'm',
      id: 'm-0',
      provider: 'groq',
      model: 'a/b',
      endpoints: undefined,
      chatOnly: false,
      dropFields: [],
      ...DEFAULTS,
      info: { id: 'm-0' },
      where: 'model_list.0.litellm_params',
    });
  });

  it.each([
    [{ model: 'gpt-4o' }, 'openai', 'gpt-4o'],
    [{ model: 'openai/*' }, 'openai', '*'],
    [{ model: 'meta/llama', custom_llm_provider: 'groq' }, 'groq', 'meta/llama'],
    [{ model: 'groq/llama', custom_llm_provider: 'groq' }, 'groq', 'llama'],
    [{ model: 'llama', custom_llm_provider: 'groq' }, 'groq', 'llama'],
  ])('reads provider and model of %j', (params, provider, model) => {
    expect(read({ litellm_params: params })).toMatchObject({ provider, model });
  });

  it('takes prices from both parts of an entry, the first of them first', () => {
    const params = { model: 'm', input_cost_per_token: '0.00000009', output_cost_per_token: 0 };
    const info = { output_cost_per_token: 5, cache_read_input_token_cost: 1e-8 };
    expect(read({ litellm_params: params, model_info: info }).prices).toEqual({
      input: 9e-8,
      output: 0,
      cacheRead: 1e-8,
      cacheWrite: undefined,
      reasoning: undefined,
    });
    expect(read({ litellm_params: { model: 'm' } }).prices).toBeUndefined();
    expect(
      problems({ model_list: [{ model_name: 'm', litellm_params: { model: 'm', input_cost_per_token: -1 } }] }),
    ).toEqual(['model_list.0.litellm_params.input_cost_per_token: must be a price in US dollars, 0 or more']);
  });

  it('reads what an entry says', () => {
    const entry = read({
      litellm_params: {
        model: 'azure/gpt',
        api_version: 'v1',
        max_tokens: '100',
        drop_params: 'true',
        additional_drop_params: ['seed'],
        use_chat_completions_api: true,
        extra_headers: { 'X-Team': 7 },
      },
      model_info: { id: 5, max_output_tokens: 9 },
    });
    expect(entry).toMatchObject({
      id: '5',
      dropParams: true,
      dropFields: ['seed'],
      chatOnly: true,
      defaultMaxTokens: 100,
    });
    expect([entry.options.text('api_version'), entry.extraHeaders['x-team']?.reveal()]).toEqual(['v1', '7']);
  });

  it.each([
    [{ mode: 'responses' }, ['openai-responses']],
    [{ mode: 'chat' }, undefined],
    [{ mode: 'responses', endpoints: ['openai-chat'] }, ['openai-chat']],
  ])('takes the endpoints from %j', (info, endpoints) => {
    expect(read({ litellm_params: { model: 'a/b' }, model_info: info }).endpoints).toEqual(endpoints);
  });

  it('shows what clients may see, and no credentials', () => {
    const secrets = {
      api_key: 'hunter2',
      aws_secret_access_key: 'hunter2',
      vertex_credentials: { private: 'hunter2' },
      extra_headers: { authorization: 'hunter2' },
      aws_session_token: 'hunter2',
      nested: { password: 'hunter2', list: [{ client_secret: 'hunter2' }] },
      api_base: 'https://host/v1?code=hunter2',
    };
    const entry = read({
      litellm_params: { model: 'a/b', input_cost_per_token: 1e-6, max_tokens: 5, ...secrets },
      model_info: { tier: 'paid', api_key: 'hunter2' },
    });
    const shown = { ...entry, apiBase: undefined };
    expect(inspect(shown, { depth: 9 }) + JSON.stringify(shown)).not.toContain('hunter2');
    expect(entry.params).toEqual({
      model: 'a/b',
      input_cost_per_token: 1e-6,
      max_tokens: 5,
      nested: { list: [{}] },
      api_base: 'https://host/v1',
    });
    expect(entry.info).toEqual({ id: 'm-0', tier: 'paid' });
    expect(entry.options.secret('vertex_credentials')?.reveal()).toBe('{"private":"hunter2"}');
    expect(entry.options.secret('nothing')).toBeUndefined();
  });

  it('names the place of each mistake', () => {
    const params = {
      model: 'a/b',
      max_tokens: 0,
      drop_params: 'perhaps',
      additional_drop_params: ['tools[*].x'],
      extra_headers: { a: [] },
      organization: ['x'],
    };
    const file = {
      model_list: [{ model_name: 'm', litellm_params: params, model_info: { endpoints: [] } }],
      litellm_settings: { drop_params: 3 },
    };
    expect(problems(file).map((line) => line.split(':')[0])).toEqual([
      'model_list.0.litellm_params.organization',
      'model_list.0.litellm_params.extra_headers.a',
      'model_list.0.litellm_params.max_tokens',
      'model_list.0.litellm_params.drop_params',
      'model_list.0.litellm_params.additional_drop_params',
      'model_list.0.model_info.endpoints',
      'litellm_settings.drop_params',
    ]);
  });
});

describe(readConversationSettings.name, () => {
  const file = configFileSchema.parse({ litellm_settings: { drop_params: true } });

  it('lets the variable win over the file', () => {
    expect(readConversationSettings(new Environment({}), undefined).dropParams).toBe(false);
    expect(readConversationSettings(new Environment({}), file).dropParams).toBe(true);
    expect(readConversationSettings(new Environment({ GATEWAY_DROP_PARAMS: 'off' }), file).dropParams).toBe(false);
  });

  it('has no temperature of its own, and takes 0 for one', () => {
    const read = (variables: Record<string, string>): number | undefined =>
      readConversationSettings(new Environment(variables), undefined).defaultTemperature;
    expect([read({}), read({ GATEWAY_DEFAULT_TEMPERATURE: '0' })]).toEqual([undefined, 0]);
  });

  it('reports wrong values', () => {
    const env = new Environment({
      GATEWAY_DEFAULT_TEMPERATURE: '3',
      GATEWAY_DROP_PARAMS: 'perhaps',
      GATEWAY_PING_SECONDS: '0',
      GATEWAY_FILTERED_STOP_REASON: 'end_turn',
    });
    readConversationSettings(env, undefined);
    expect(() => env.problems.throwIfAny()).toThrow(
      /TEMPERATURE: .*\n.*STOP_REASON: .*\n.*DROP_PARAMS: .*\n.*PING_SECONDS: /,
    );
  });
});
