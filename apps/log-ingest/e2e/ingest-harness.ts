import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, type LogIngestSettings } from '@sallyport/config';
import { deadLetterQueueName, type DeadLetter, type LogBatch, type LogEntry } from '@sallyport/logging';
import type { RunningApp } from '@sallyport/platform';
import {
  connectRedisQueue,
  openEmbeddedQueue,
  type JobQueue,
  type QueueBackend,
  type QueueBooks,
} from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import { type RedisServer, startRedis, until } from '@sallyport/testing';
import { startLogIngest } from '../src';
import { FileServerProcess } from './file-server-process';

export const MASTER_KEY = 'master-1';
export const FILE_TOKEN = 'token-1';
export const DAY = '2026-11-21';
const MAX_FILE_BYTES = 100_000;

export function entryOf(name: string, callId: string, text = ''): LogEntry {
  return { callId, date: DAY, name, json: JSON.stringify({ id: name, litellm_call_id: callId, text }) };
}

/** Log ingest with a queue, books and the file server as a process of its own. */
export class IngestHarness {
  readonly queue: JobQueue<LogBatch>;
  readonly deadLetters: JobQueue<DeadLetter>;
  readonly books: QueueBooks;
  ingest!: RunningApp;

  private constructor(
    readonly dir: string,
    readonly redis: RedisServer | undefined,
    readonly backend: QueueBackend,
    readonly files: FileServerProcess,
    readonly changes: Partial<LogIngestSettings>,
  ) {
    this.queue = backend.createQueue('logs');
    this.deadLetters = backend.createQueue(deadLetterQueueName('logs'));
    this.books = backend.openBooks('logs');
  }

  static async start(
    kind: QueueBackend['kind'],
    changes: Partial<LogIngestSettings> = {},
    maxFileBytes = MAX_FILE_BYTES,
  ): Promise<IngestHarness> {
    const dir = await mkdtemp(join(tmpdir(), 'sallyport-ingest-'));
    const redis = kind === 'redis' ? await startRedis() : undefined;
    const logger = createLogger('test', 'silent');
    const backend =
      redis === undefined
        ? openEmbeddedQueue(join(dir, 'queue'), logger)
        : connectRedisQueue({ url: new Secret(redis.url) }, queueSettings, logger);
    const files = await FileServerProcess.start(join(dir, 'files'), FILE_TOKEN, maxFileBytes);
    const harness = new IngestHarness(dir, redis, backend, files, changes);
    await harness.startIngest();
    return harness;
  }

  async startIngest(): Promise<void> {
    const settings = { ...settingsFor(this.files.url, this.dir, this.redis?.url), ...this.changes };
    // On Redis the app opens its own connections, as it does as a process of its own.
    this.ingest = await startLogIngest(settings, this.redis === undefined ? { queue: this.backend } : {});
    await until(async () => this.backend.isReady() && (await this.call('/readyz')).status === 200);
  }

  /** Brings records to the queue as a gateway does. */
  async enqueue(batchId: string, ...entries: LogEntry[]): Promise<void> {
    await this.books.enlist(batchId, entries.length);
    await this.queue.add(batchId, { entries });
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.ingest.url}${path}`, init);
  }

  /** The same with the master key. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${MASTER_KEY}`, ...(init.headers as Record<string, string>) };
    return this.call(path, { ...init, headers });
  }

  async metric(name: string): Promise<string | undefined> {
    const text = await (await this.call('/metrics')).text();
    return text.split('\n').find((line) => line.startsWith(name));
  }

  get folder(): string {
    return join(this.dir, 'files', 'logs', DAY);
  }

  /** Batches that wait for their turn or their next try, or are tried just now. */
  async open(): Promise<number> {
    const { waiting, active, delayed } = await this.queue.counts();
    return waiting + active + delayed;
  }

  async filesOfDay(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).sort();
  }

  async close(): Promise<void> {
    await this.ingest.close();
    await this.files.kill();
    await this.backend.close();
    await this.redis?.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

const queueSettings = { prefix: '{test}', name: 'logs', onEvictingRedis: 'alarm' } as const;

export function settingsFor(fileServerUrl: string, dir: string, redisUrl?: string): LogIngestSettings {
  return {
    listen: { host: '127.0.0.1', port: 0, drainMs: 5_000 },
    redis: redisUrl === undefined ? undefined : { url: new Secret(redisUrl) },
    queue: queueSettings,
    recordStore: {
      kind: 'file-server',
      url: fileServerUrl,
      token: new Secret(FILE_TOKEN),
      pathPrefix: 'logs/',
      mode: 'async',
      timeoutMs: 60_000,
    },
    worker: { concurrency: 2, maxBatchesPerSecond: 1_000, lockMs: 60_000, maxRetryDelayMs: 500 },
    deadLetterDir: join(dir, 'dead-letters'),
    masterKey: new Secret(MASTER_KEY),
    queuesReadOnly: true,
    logLevel: 'silent',
  };
}
