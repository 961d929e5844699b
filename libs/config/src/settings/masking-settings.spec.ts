import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationError } from '../configuration-error';
import { Environment, type Variables } from '../environment/environment';
import { readMaskingSettings, type MaskingSettings } from './masking-settings';

function read(variables: Variables): MaskingSettings {
  const env = new Environment(variables);
  const settings = readMaskingSettings(env);
  env.problems.throwIfAny();
  return settings;
}

function problemsOf(variables: Variables): readonly string[] {
  try {
    read(variables);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe(readMaskingSettings.name, () => {
  it('masks everything for one tenant, with state of its own, unless told otherwise', () => {
    const settings = read({});
    expect(settings).toMatchObject({ scope: 'tenant', reportOnly: false, rules: undefined, fetchTools: [] });
    expect(settings.state).toEqual({ redis: undefined, ttlSeconds: 86_400, maxBytes: 67_108_864, timeoutMs: 250 });
    expect([settings.policies.size, settings.maxValues, settings.cachedTexts]).toEqual([0, 10_000, 10_000]);
    expect([settings.apiKeys, settings.previousKeys]).toEqual([[], []]);
  });

  it('keeps its state in the Redis of the queue', () => {
    expect(read({ REDIS_HOST: 'redis.example' }).state.redis?.url.reveal()).toBe('redis://redis.example:6379/0');
  });

  describe('keys', () => {
    const keysOf = ({ masterKey, apiKeys }: MaskingSettings): string[] =>
      [masterKey, ...apiKeys].map((key) => key.reveal());

    it('are the master key and all others, each once', () => {
      expect(keysOf(read({ LITELLM_MASTER_KEY: 'm', MASKING_API_KEYS: 'a, b,a' }))).toEqual(['m', 'a', 'b']);
    });

    it('do without the well-known one when there are others', () => {
      expect(keysOf(read({}))).toEqual(['dev-key']);
      expect(keysOf(read({ MASKING_API_KEYS: 'a,b', HOST: '0.0.0.0' }))).toEqual(['a', 'a', 'b']);
      expect(problemsOf({ HOST: '0.0.0.0' })).toHaveLength(1);
    });

    it('of masking are given with the ones before', () => {
      const { maskingKey, previousKeys } = read({ MASKING_KEY: 'c', MASKING_PREVIOUS_KEYS: 'b,a' });
      expect([maskingKey, ...previousKeys].map((key) => key?.reveal())).toEqual(['c', 'b', 'a']);
    });
  });

  it('reads policies', () => {
    const { policies } = read({ MASKING_POLICIES: 'email=allow, own-x = block,' });
    expect([...policies]).toEqual([
      ['email', 'allow'],
      ['own-x', 'block'],
    ]);
  });

  it.each([
    ['email', 'item 1 must have the form kind=action'],
    ['ip=block,=allow', 'item 2 must have the form kind=action'],
    ['email=allow=block', 'item 1 must have the form kind=action'],
    ['ip=block,ip=allow', 'names ip twice'],
  ])('refuses the policies %j', (text, problem) => {
    expect(problemsOf({ MASKING_POLICIES: text })).toEqual([`MASKING_POLICIES: ${problem}`]);
  });

  it.each([{ MASKING_MODE: 'off' }, { MASKING_SCOPE: 'user' }, { MASKING_MAX_VALUES: '0' }])('refuses %j', (wrong) => {
    expect(problemsOf(wrong)).toHaveLength(1);
  });

  describe('rules', () => {
    let dir: string;
    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'sallyport-rules-'));
    });
    afterAll(() => rmSync(dir, { recursive: true }));
    const fileOf = (text: string): Variables => {
      const path = join(dir, 'rules');
      writeFileSync(path, text);
      return { MASKING_RULES_FILE: path };
    };

    it.each([
      ['YAML', 'rules:\n  - name: ticket\n    pattern: TICKET-\\d+\n'],
      ['JSON', '{"rules":[{"name":"ticket","pattern":"TICKET-\\\\d+"}]}'],
    ])('come from a file in %s', (_format, text) => {
      expect(read(fileOf(text)).rules).toEqual({ rules: [{ name: 'ticket', pattern: 'TICKET-\\d+' }] });
    });

    it('that cannot be read are refused, without what they say', () => {
      expect(problemsOf(fileOf('a: [my-secret\nb: }'))).toEqual([
        expect.stringMatching(/^MASKING_RULES: is not valid YAML \(line \d\)$/),
      ]);
      expect(problemsOf({ MASKING_RULES_FILE: join(dir, 'none') })).toEqual([
        'MASKING_RULES_FILE: cannot be read (ENOENT)',
      ]);
    });
  });
});
