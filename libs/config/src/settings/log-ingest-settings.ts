import { join } from 'node:path';
import type { Environment } from '../environment/environment';
import type { ConfigFile } from '../litellm/config-file.schema';
import { Secret } from '../secret';
import { readCredential, readDataDir, readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';
import { readLogQueueSettings, type LogQueueSettings } from './log-settings';
import { readRecordStoreSettings, type RecordStoreSettings } from './record-store-settings';
import { readRedisSettings, type RedisSettings } from './redis-settings';

/** How batches are taken off the queue. */
export interface LogWorkerSettings {
  /** Batches that are written at the same time. */
  readonly concurrency: number;
  /** Most batches begun in a second, by all workers of the queue together. */
  readonly maxBatchesPerSecond: number;
  /** Time after which the batch of a worker that was killed is taken by another one, in milliseconds. */
  readonly lockMs: number;
  /** Longest pause before another try, in milliseconds. */
  readonly maxRetryDelayMs: number;
}

export interface LogIngestSettings {
  readonly listen: ListenSettings;
  /** Undefined: the embedded queue, which only works inside the standalone process. */
  readonly redis: RedisSettings | undefined;
  readonly queue: LogQueueSettings;
  readonly recordStore: RecordStoreSettings;
  readonly worker: LogWorkerSettings;
  /** Folder for a copy of each dead letter. */
  readonly deadLetterDir: string;
  /** Opens the pages and calls for operators. */
  readonly masterKey: Secret;
  /** Whether the pages about the queue may only look. */
  readonly queuesReadOnly: boolean;
  readonly logLevel: string;
}

/** @returns the settings; wrong values are listed in `env.problems` */
export function readLogIngestSettings(env: Environment, file?: ConfigFile): LogIngestSettings {
  return {
    listen: readListenSettings(env, 'LOG_INGEST_PORT', 8081),
    redis: readRedisSettings(env),
    queue: readLogQueueSettings(env),
    recordStore: readRecordStoreSettings(env),
    worker: readWorkerSettings(env),
    deadLetterDir: env.text('LOG_DEAD_LETTER_DIR', join(readDataDir(env), 'dead-letters')),
    masterKey: readMasterKey(env, file),
    queuesReadOnly: env.flag('LOG_QUEUES_READ_ONLY', true),
    logLevel: readLogLevel(env),
  };
}

function readMasterKey(env: Environment, file: ConfigFile | undefined): Secret {
  const fileKey = file?.general_settings?.master_key;
  return fileKey ? new Secret(fileKey) : readCredential(env, 'LITELLM_MASTER_KEY', 'dev-key');
}

function readWorkerSettings(env: Environment): LogWorkerSettings {
  return {
    concurrency: env.integer('LOG_WORKER_CONCURRENCY', { fallback: 4, min: 1, max: 256 }),
    maxBatchesPerSecond: env.integer('LOG_WORKER_MAX_BATCHES_PER_SECOND', { fallback: 1000, min: 1, max: 1_000_000 }),
    lockMs: env.secondsAsMs('LOG_WORKER_LOCK_SECONDS', { fallback: 60, min: 1, max: 3600 }),
    maxRetryDelayMs: env.secondsAsMs('LOG_WORKER_MAX_RETRY_DELAY_SECONDS', { fallback: 15, min: 0.5, max: 3600 }),
  };
}
