import type { LogQueueSettings, RedisSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { BullJobQueue, type BullQueue } from '../bull-job-queue';
import { BullJobWorker } from '../bull-job-worker';
import { EVENTS_KEPT, workerOptions } from '../job-options';
import type {
  JobProcessor,
  JobQueue,
  JobWorker,
  JobWorkerOptions,
  QueueBackend,
  QueueBooks,
} from '../queue-backend.port';
import { withTimeLimit } from '../with-time-limit';
import { DurabilityGuard } from './durability-guard';
import { BOARD_CONNECTION, PRODUCER_CONNECTION, WORKER_CONNECTION } from './redis-connections';
import { RedisQueueBooks } from './redis-queue-books';

const CLOSE_LIMIT_MS = 2_000;
const LOCK_MS = 60_000;

/** Whose key prefix and care the queue needs; a Redis that may delete keys is only told of when nothing is said. */
type RedisQueueSettings = Pick<LogQueueSettings, 'prefix'> & Partial<Pick<LogQueueSettings, 'onEvictingRedis'>>;

/**
 * Queues in Redis. Returns at once and connects in the background, again and again: an app starts and runs while Redis
 * is away.
 *
 * @param queue its `prefix` begins the name of every key; with `onEvictingRedis: 'refuse'` nothing is given to a Redis
 *   that may delete keys, but what is there is still worked on
 */
export function connectRedisQueue(redis: RedisSettings, queue: RedisQueueSettings, logger: Logger): QueueBackend {
  return new RedisQueueBackend(redis, queue, logger);
}

class RedisQueueBackend implements QueueBackend {
  readonly kind = 'redis';
  private readonly producer: Redis;
  private readonly guard: DurabilityGuard;
  private readonly prefix: string;
  private readonly queues: Pick<BullJobQueue<unknown>, 'close'>[] = [];
  private boardClient: Redis | undefined;
  private away = false;

  constructor(
    private readonly redis: RedisSettings,
    private readonly settings: RedisQueueSettings,
    private readonly logger: Logger,
  ) {
    this.prefix = settings.prefix;
    this.producer = new Redis(redis.url.reveal(), PRODUCER_CONNECTION);
    this.producer.on('error', (error) => this.noteAway(error.message));
    this.producer.on('ready', () => this.noteBack());
    this.guard = new DurabilityGuard(this.producer, logger);
  }

  createQueue<T>(name: string): JobQueue<T> {
    const open = (): BullQueue => {
      const queue = new Queue(name, {
        connection: this.producer,
        prefix: this.prefix,
        streams: { events: { maxLen: EVENTS_KEPT } },
        // BullMQ tells an eviction policy on the console, between lines of JSON; the guard tells it as one of them. A
        // worker must ask for the version: it waits by whole seconds on a Redis that it takes for an old one.
        skipVersionCheck: true,
      });
      queue.on('error', (error) => this.logger.debug({ reason: error.message }, 'log queue'));
      return queue;
    };
    const queue = new BullJobQueue<T>({ open, canAdd: () => this.isReady(), canCall: () => this.isConnected() });
    this.queues.push(queue);
    return queue;
  }

  openBooks(name: string): QueueBooks {
    const queueKey = `${this.prefix}:${name}`;
    return new RedisQueueBooks(
      this.producer,
      queueKey,
      () => this.isReady(),
      () => this.isConnected(),
    );
  }

  openBoardQueue(name: string): Queue {
    this.boardClient ??= this.connectBoard();
    const queue = new Queue(name, { connection: this.boardClient, prefix: this.prefix, skipMetasUpdate: true });
    queue.on('error', (error) => this.logger.debug({ reason: error.message }, 'log queue board'));
    this.queues.push(queue);
    return queue;
  }

  createWorker<T>(name: string, processor: JobProcessor<T>, options: JobWorkerOptions): JobWorker {
    const settings = workerOptions(options, LOCK_MS);
    return new BullJobWorker<T>(
      (process) =>
        new Worker<T, void>(name, process, {
          connection: { url: this.redis.url.reveal(), ...WORKER_CONNECTION },
          prefix: this.prefix,
          ...settings,
        }),
      settings.lockDuration,
      () => this.isConnected(),
      processor,
      this.logger,
    );
  }

  isReady(): boolean {
    return this.isConnected() && (this.settings.onEvictingRedis !== 'refuse' || this.guard.keepsKeys);
  }

  alarms(): readonly string[] {
    return this.guard.alarms;
  }

  async close(): Promise<void> {
    this.guard.stop();
    const closing = Promise.allSettled(this.queues.map((queue) => queue.close()));
    await withTimeLimit(closing, CLOSE_LIMIT_MS, 'Redis did not answer while closing').catch((error: Error) =>
      this.logger.warn(error.message),
    );
    this.producer.disconnect();
    this.boardClient?.disconnect();
  }

  private isConnected(): boolean {
    return this.producer.status === 'ready';
  }

  /** Not the producer's: a page of large jobs would hold up the adding of others. */
  private connectBoard(): Redis {
    const client = new Redis(this.redis.url.reveal(), BOARD_CONNECTION);
    client.on('error', (error) => this.logger.debug({ reason: error.message }, 'log queue board'));
    return client;
  }

  /** One line per outage, however often the connection is tried meanwhile. */
  private noteAway(reason: string): void {
    if (this.away) return;
    this.away = true;
    this.logger.warn({ reason }, 'Redis is away; log records wait in the outbox');
  }

  private noteBack(): void {
    if (this.away) this.logger.info('Redis is back');
    this.away = false;
  }
}
