import { isIP } from 'node:net';
import type { Environment } from '../environment/environment';
import { Secret } from '../secret';

/** Where an app listens; port 0 asks for a free one. */
export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  /** Time that open calls get to finish after SIGTERM, in milliseconds. */
  readonly drainMs: number;
  /**
   * Time between the first refusal of `/readyz` and the end of listening, in milliseconds; a load balancer that asks
   * `/readyz` needs it to look elsewhere. None when undefined.
   */
  readonly drainDelayMs?: number;
}

export function readListenSettings(env: Environment, portVariable: string, defaultPort: number): ListenSettings {
  return {
    host: env.text('HOST', '127.0.0.1'),
    port: env.integer(portVariable, { fallback: defaultPort, min: 0, max: 65_535 }),
    drainMs: env.secondsAsMs('DRAIN_TIMEOUT_SECONDS', { fallback: 30, min: 0, max: 3600 }),
    drainDelayMs: env.secondsAsMs('DRAIN_DELAY_SECONDS', { fallback: 0, min: 0, max: 3600 }),
  };
}

/** Folder for everything that is written to disk. */
export function readDataDir(env: Environment): string {
  return env.text('DATA_DIR', './data');
}

/**
 * Reads a credential that has a well-known default for work on one machine. The default is refused as soon as the app
 * can be reached from elsewhere.
 */
export function readCredential(env: Environment, name: string, developmentDefault: string): Secret {
  const given = env.secret(name);
  if (given !== undefined) return given;
  const host = env.text('HOST', '127.0.0.1');
  if (!isLoopback(host)) env.problems.add(name, `must be set when HOST (${host}) is not a loopback address`);
  return new Secret(developmentDefault);
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
