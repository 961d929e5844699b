import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { ConfigurationError } from '../configuration-error';
import { Secret } from '../secret';
import { readRedisSettings } from '../settings/redis-settings';
import { Environment } from './environment';

describe(Environment.name, () => {
  it('reads a mounted secret named by a variable that ends in _FILE', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
    try {
      writeFileSync(join(folder, 'key'), 'from-the-file\n');
      const env = new Environment({ KEY_FILE: join(folder, 'key'), OTHER: 'direct', OTHER_FILE: join(folder, 'key') });
      expect([env.text('KEY'), env.text('OTHER')]).toEqual(['from-the-file', 'direct']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes an empty value for none', () => {
    expect(new Environment({ A: '' }).text('A', 'fallback')).toBe('fallback');
  });

  it('collects every problem, uses the defaults meanwhile and quotes no value', () => {
    const env = new Environment({ A: 'secret-a', B: '99', C: 'maybe', D: 'not a url', E_FILE: '/nowhere', F: '1.5' });
    expect(env.integer('A', { fallback: 1, min: 0, max: 9 })).toBe(1);
    expect(env.integer('B', { fallback: 2, min: 0, max: 9 })).toBe(2);
    expect(env.choice('C', ['yes', 'no'])).toBe('yes');
    expect(env.url('D', 'http://default')).toBe('http://default');
    expect(env.secret('E')).toBeUndefined();
    expect(env.secondsAsMs('F', { fallback: 1, min: 0, max: 9 })).toBe(1500);
    const problems = (): string[] => {
      try {
        env.problems.throwIfAny();
        return [];
      } catch (error) {
        return [...(error as ConfigurationError).problems];
      }
    };
    expect(problems().map((line) => line.split(':')[0])).toEqual(['A', 'B', 'C', 'D', 'E_FILE']);
    expect(problems().join()).not.toContain('secret-a');
  });
});

describe(Secret.name, () => {
  it('never shows its value by accident', () => {
    const secret = new Secret('hunter2');
    const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }), `${secret.toString()}`].join();
    expect(shown).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });

  it('compares by value', () => {
    expect(new Secret('a').matches('a')).toBe(true);
    expect(new Secret('a').matches('b')).toBe(false);
  });
});

describe(readRedisSettings.name, () => {
  const url = (variables: Record<string, string>) => readRedisSettings(new Environment(variables))?.url.reveal();

  it('builds the address from its parts', () => {
    expect(url({ REDIS_HOST: 'r', REDIS_PORT: '7', REDIS_DB: '2', REDIS_PASSWORD: 'p@ss/' })).toBe(
      'redis://:p%40ss%2F@r:7/2',
    );
  });

  it('prefers REDIS_URL and needs one of the two', () => {
    expect(url({ REDIS_HOST: 'r', REDIS_URL: 'rediss://other:1' })).toBe('rediss://other:1');
    expect(url({})).toBeUndefined();
  });
});
