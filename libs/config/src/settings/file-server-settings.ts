import { join } from 'node:path';
import type { Environment } from '../environment/environment';
import type { Secret } from '../secret';
import { readCredential, readDataDir, readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';

export interface FileServerSettings {
  readonly listen: ListenSettings;
  readonly token: Secret;
  /** Folder that holds the files; nothing outside it is ever read or written. */
  readonly baseDir: string;
  /** Largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** Writes that work on the disk at the same time. */
  readonly concurrency: number;
  /** Further writes that may wait; more are refused. */
  readonly maxWaiting: number;
  /** Bytes of request bodies in memory at the same time; a single larger one is taken when there is no other. */
  readonly maxHeldBytes: number;
  /** Free space below which nothing is written any more, in bytes. */
  readonly minFreeBytes: number;
  /** Age after which the files of a day are deleted, in days; 0: never. */
  readonly retentionDays: number;
  readonly logLevel: string;
}

/** @returns the settings; wrong values are listed in `env.problems` */
export function readFileServerSettings(env: Environment): FileServerSettings {
  return {
    listen: readListenSettings(env, 'FILE_SERVER_PORT', 8080),
    token: readCredential(env, 'FILE_SERVER_AUTH_TOKEN', 'dev-token'),
    baseDir: env.text('FILE_SERVER_DIR', join(readDataDir(env), 'files')),
    maxBodyBytes: env.integer('FILE_SERVER_MAX_BODY_BYTES', { fallback: 67_108_864, min: 1024, max: 1_073_741_824 }),
    concurrency: env.integer('FILE_SERVER_CONCURRENCY', { fallback: 32, min: 1, max: 4096 }),
    maxWaiting: env.integer('FILE_SERVER_MAX_WAITING', { fallback: 512, min: 0, max: 1_000_000 }),
    maxHeldBytes: env.integer('FILE_SERVER_MAX_HELD_BYTES', { fallback: 134_217_728, min: 1024, max: 2 ** 40 }),
    minFreeBytes: env.integer('FILE_SERVER_MIN_FREE_BYTES', { fallback: 67_108_864, min: 0, max: 2 ** 50 }),
    retentionDays: env.integer('FILE_SERVER_RETENTION_DAYS', { fallback: 0, min: 0, max: 36_500 }),
    logLevel: readLogLevel(env),
  };
}
