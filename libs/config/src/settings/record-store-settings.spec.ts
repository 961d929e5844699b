import { Environment } from '../environment/environment';
import { readRecordStoreSettings } from './record-store-settings';

describe('FILE_SERVER_PATH_PREFIX', () => {
  const read = (prefix: string): { prefix: string; problems: Environment['problems'] } => {
    const env = new Environment({ FILE_SERVER_PATH_PREFIX: prefix });
    return { prefix: readRecordStoreSettings(env).pathPrefix, problems: env.problems };
  };

  it.each(['', 'llm/', 'team-a/llm/', 'llm-', 'a.b/..c'])('takes %j as it is', (prefix) => {
    const result = read(prefix);
    expect(result.prefix).toBe(prefix);
    expect(() => result.problems.throwIfAny()).not.toThrow();
  });

  it.each(['/llm/', '../llm/', 'a//b/', './', 'a/../', 'a\\b', '%2e', 'a\nb'])('refuses %j', (prefix) => {
    expect(() => read(prefix).problems.throwIfAny()).toThrow('FILE_SERVER_PATH_PREFIX');
  });
});
