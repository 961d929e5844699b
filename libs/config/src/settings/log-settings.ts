import type { Environment } from '../environment/environment';
import type { Secret } from '../secret';
import { readCredential } from './listen-settings';

/** The queue that carries batches of log records from the gateway to log-ingest. */
export interface LogQueueSettings {
  /** BullMQ key prefix; braces keep all keys of the queue in one slot of a Redis cluster. */
  readonly prefix: string;
  readonly name: string;
}

/** How records leave the outbox. A batch goes as soon as one of the three limits is reached. */
export interface LogBatchSettings {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** The file server that keeps the records. */
export interface FileServerClientSettings {
  readonly url: string;
  readonly token: Secret;
  readonly pathPrefix: string;
  readonly mode: 'async' | 'sync';
  readonly timeoutMs: number;
}

export function readLogQueueSettings(env: Environment): LogQueueSettings {
  return { prefix: env.text('LOG_QUEUE_PREFIX', '{sallyport}'), name: env.text('LOG_QUEUE_NAME', 'logs') };
}

export function readLogBatchSettings(env: Environment): LogBatchSettings {
  return {
    maxRecords: env.integer('LOG_BATCH_MAX_RECORDS', { fallback: 100, min: 1, max: 10_000 }),
    maxBytes: env.integer('LOG_BATCH_MAX_BYTES', { fallback: 1_048_576, min: 1024, max: 104_857_600 }),
    maxAgeMs: env.integer('LOG_BATCH_MAX_AGE_MS', { fallback: 200, min: 0, max: 60_000 }),
  };
}

export function readFileServerClientSettings(env: Environment): FileServerClientSettings {
  return {
    url: env.url('FILE_SERVER_URL', 'http://127.0.0.1:8080'),
    token: readCredential(env, 'FILE_SERVER_AUTH_TOKEN', 'dev-token'),
    pathPrefix: readPathPrefix(env),
    mode: env.choice('FILE_SERVER_WRITE_MODE', ['async', 'sync']),
    timeoutMs: env.secondsAsMs('FILE_SERVER_TIMEOUT', { fallback: 5, min: 0.1, max: 300 }),
  };
}

/** What the file server would refuse for every single record is refused here, once. */
function readPathPrefix(env: Environment): string {
  const prefix = env.text('FILE_SERVER_PATH_PREFIX', '');
  const folders = prefix.split('/').slice(0, -1);
  if (/^[^\\%\p{Cc}]{0,512}$/u.test(prefix) && folders.every((name) => !['', '.', '..'].includes(name))) return prefix;
  env.problems.add('FILE_SERVER_PATH_PREFIX', 'must be relative, without empty, "." or ".." folders, % or \\');
  return '';
}
