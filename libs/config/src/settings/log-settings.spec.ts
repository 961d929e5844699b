import { Environment } from '../environment/environment';
import { readLogContentSettings } from './log-settings';

const HASH = 'a'.repeat(64);

describe(readLogContentSettings.name, () => {
  const read = (variables: Record<string, string>, turnedOff = false) => {
    const env = new Environment(variables);
    return { ...readLogContentSettings(env, turnedOff), problems: env.problems };
  };

  it('writes everything unless it is told otherwise, and LOG_CONTENT wins over the file', () => {
    expect(read({}).default).toBe('full');
    expect(read({}, true).default).toBe('none');
    expect(read({ LOG_CONTENT: 'full' }, true).default).toBe('full');
    expect(read({ LOG_CONTENT: 'none' }).default).toBe('none');
  });

  it('takes a policy for each key by its digest', () => {
    const { byKey } = read({ LOG_CONTENT_BY_KEY: `${HASH}=none; ${'B'.repeat(64)} = full` });
    expect([...byKey]).toEqual([
      [HASH, 'none'],
      ['b'.repeat(64), 'full'],
    ]);
  });

  it.each(['sk-secret=none', `${HASH}`, `${HASH}=some`])('refuses %j without quoting it', (item) => {
    const { problems } = read({ LOG_CONTENT_BY_KEY: `${HASH}=none;${item}` });
    expect(() => problems.throwIfAny()).toThrow(/LOG_CONTENT_BY_KEY: item 2 must have the form/);
    expect(() => problems.throwIfAny()).not.toThrow(/sk-secret/);
  });
});
