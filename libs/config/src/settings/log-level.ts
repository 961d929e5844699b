import type { Environment } from '../environment/environment';

/** Reads `LOG_LEVEL`, the least severe level that is written. */
export function readLogLevel(env: Environment): string {
  return env.choice('LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent']);
}
