import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationError } from '../configuration-error';
import type { Environment, Variables } from '../environment/environment';
import { readGatewaySettings } from '../settings/gateway-settings';
import { loadConfiguration, type Configuration } from './load-configuration';

function problemsIn(env: Environment): readonly string[] {
  try {
    env.problems.throwIfAny();
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe(loadConfiguration.name, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function load(yaml: string, variables: Variables = {}): Configuration {
    writeFileSync(join(folder, 'config.yaml'), yaml);
    return loadConfiguration(variables, ['--config', join(folder, 'config.yaml')]);
  }
  const problemsOf = (yaml: string, variables: Variables = {}): string => {
    const configuration = load(yaml, variables);
    readGatewaySettings(configuration);
    return problemsIn(configuration.env).join('\n');
  };

  it('resolves references in environment_variables and leaves out what is empty', () => {
    const yaml = 'environment_variables: {A: os.environ/B, C: , D: " ", E: 7, F: os.environ/NONE}';
    const { env } = load(yaml, { B: 'b', C: 'c', D: 'd', F: 'f' });
    expect(['A', 'C', 'D', 'E', 'F'].map((name) => env.text(name))).toEqual(['b', 'c', 'd', '7', 'f']);
    expect(problemsIn(env)).toEqual([]);
  });

  it('refuses variables that are no single value', () => {
    const problems = problemsOf('environment_variables: {A: {key: sk-secret}, B: [sk-secret]}');
    expect(problems).toMatch(/environment_variables\.A: .*\n.*environment_variables\.B: /);
    expect(problems).not.toContain('sk-secret');
    expect(problemsOf('environment_variables: [A]')).toMatch(/environment_variables: /);
  });

  it.each([
    ['router_settings: {timeout: 1e9}', 'router_settings.timeout'],
    ['litellm_settings: {request_timeout: 0.001}', 'litellm_settings.request_timeout'],
  ])('bounds %s', (yaml, place) => {
    expect(problemsOf(yaml)).toContain(`${place}: must be a number of seconds from 0.05 to 86400`);
  });

  it('refuses two deployments with one id', () => {
    const entry = '{model_name: m, litellm_params: {model: mock/m}, model_info: {id: one}}';
    expect(problemsOf(`model_list: [${entry}, ${entry}]`)).toContain('model_list.1.model_info.id: ');
  });

  it.each([
    [['--confg', 'x'], '--confg'],
    [['--port', '99'], '--port'],
    [['--port=99'], '--port'],
    [['stray'], 'argument 1'],
  ])('refuses the arguments %j', (args, name) => {
    const problems = problemsIn(loadConfiguration({}, args).env).join('\n');
    expect(problems).toContain(`${name}: `);
    expect(problems).not.toMatch(/99|stray/);
  });
});

describe(readGatewaySettings.name, () => {
  const problemsOf = (variables: Variables): string => {
    const configuration = loadConfiguration(variables);
    readGatewaySettings(configuration);
    return problemsIn(configuration.env).join('\n');
  };

  it.each(['sk-secret', 'a=b,', 'a=b=c'])('names the place of the wrong fallback %s, not its text', (item) => {
    const problems = problemsOf({ GATEWAY_FALLBACKS: `x=y;${item}` });
    expect(problems).toBe('GATEWAY_FALLBACKS: item 2 must have the form model=fallback,fallback');
  });

  it.each(['sk-secret', 'name=', '=http://host'])('names the place of the wrong upstream %s, not its text', (item) => {
    const problems = problemsOf({ GATEWAY_UPSTREAMS: `x=mock://local;${item}` });
    expect(problems).toBe('GATEWAY_UPSTREAMS: item 2 must have the form name=address');
  });

  it('reads the key and the endpoints of a named upstream', () => {
    const { upstreams } = readGatewaySettings(
      loadConfiguration({
        GATEWAY_UPSTREAMS: 'my-vllm=http://host;b=mock://local',
        GATEWAY_UPSTREAM_MY_VLLM_ENDPOINTS: 'openai-responses, openai-chat',
        GATEWAY_UPSTREAM_MY_VLLM_API_KEY: 'k',
      }),
    );
    expect(upstreams.map(({ endpoints, apiKey }) => [endpoints, apiKey?.reveal()])).toEqual([
      [['openai-responses', 'openai-chat'], 'k'],
      [undefined, undefined],
    ]);
  });
});
