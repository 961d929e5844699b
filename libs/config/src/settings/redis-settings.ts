import type { Environment } from '../environment/environment';
import { Secret } from '../secret';

/** One Redis, as a URL that may hold a password. */
export interface RedisSettings {
  readonly url: Secret;
}

/**
 * Reads `REDIS_URL`, or builds the URL from `REDIS_HOST`, `REDIS_PORT`, `REDIS_DB` and `REDIS_PASSWORD`.
 *
 * @returns undefined when neither `REDIS_URL` nor `REDIS_HOST` is set: the embedded stores are used then
 */
export function readRedisSettings(env: Environment): RedisSettings | undefined {
  const host = env.text('REDIS_HOST');
  const port = env.integer('REDIS_PORT', { fallback: 6379, min: 1, max: 65_535 });
  const db = env.integer('REDIS_DB', { fallback: 0, min: 0, max: 1_000_000 });
  const password = env.text('REDIS_PASSWORD');
  if (env.text('REDIS_URL') !== undefined) {
    return { url: new Secret(env.url('REDIS_URL', 'redis://127.0.0.1:6379', ['redis:', 'rediss:'])) };
  }
  if (host === undefined) return undefined;
  const credentials = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return { url: new Secret(`redis://${credentials}${host}:${port}/${db}`) };
}
