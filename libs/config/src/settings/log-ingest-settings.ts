import type { Environment } from '../environment/environment';
import { readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';
import {
  readFileServerClientSettings,
  readLogQueueSettings,
  type FileServerClientSettings,
  type LogQueueSettings,
} from './log-settings';
import { readRedisSettings, type RedisSettings } from './redis-settings';

export interface LogIngestSettings {
  readonly listen: ListenSettings;
  /** Undefined: the embedded queue, which only works inside the standalone process. */
  readonly redis: RedisSettings | undefined;
  readonly queue: LogQueueSettings;
  readonly fileServer: FileServerClientSettings;
  /** Batches that are written at the same time. */
  readonly concurrency: number;
  readonly logLevel: string;
}

/** @returns the settings; wrong values are listed in `env.problems` */
export function readLogIngestSettings(env: Environment): LogIngestSettings {
  return {
    listen: readListenSettings(env, 'LOG_INGEST_PORT', 8081),
    redis: readRedisSettings(env),
    queue: readLogQueueSettings(env),
    fileServer: readFileServerClientSettings(env),
    concurrency: env.integer('LOG_WORKER_CONCURRENCY', { fallback: 4, min: 1, max: 256 }),
    logLevel: readLogLevel(env),
  };
}
