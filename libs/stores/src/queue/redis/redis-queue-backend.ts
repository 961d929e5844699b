import type { LogQueueSettings, RedisSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { BullJobQueue, type BullQueue } from '../bull-job-queue';
import { BullJobWorker } from '../bull-job-worker';
import { EVENTS_KEPT, workerDurability } from '../job-options';
import type { JobProcessor, JobQueue, JobWorker, JobWorkerOptions, QueueBackend } from '../queue-backend.port';
import { withTimeLimit } from '../with-time-limit';
import { EvictionGuard } from './eviction-guard';
import { PRODUCER_CONNECTION, WORKER_CONNECTION } from './redis-connections';

const CLOSE_LIMIT_MS = 2_000;
const LOCK_MS = 60_000;
const RETRY_DELAYS = { first: 500, longest: 60_000 };

/**
 * Queues in Redis. Returns at once and connects in the background, again and again: an app starts and runs while Redis
 * is away.
 *
 * @param queue its `prefix` begins the name of every key
 */
export function connectRedisQueue(
  redis: RedisSettings,
  queue: Pick<LogQueueSettings, 'prefix'>,
  logger: Logger,
): QueueBackend {
  return new RedisQueueBackend(redis, queue.prefix, logger);
}

class RedisQueueBackend implements QueueBackend {
  readonly kind = 'redis';
  private readonly producer: Redis;
  private readonly guard: EvictionGuard;
  private readonly queues: BullJobQueue<unknown>[] = [];
  private away = false;

  constructor(
    private readonly redis: RedisSettings,
    private readonly prefix: string,
    private readonly logger: Logger,
  ) {
    this.producer = new Redis(redis.url.reveal(), PRODUCER_CONNECTION);
    this.producer.on('error', (error) => this.noteAway(error.message));
    this.producer.on('ready', () => this.noteBack());
    this.guard = new EvictionGuard(this.producer, logger);
  }

  createQueue<T>(name: string): JobQueue<T> {
    const open = (): BullQueue => {
      const streams = { events: { maxLen: EVENTS_KEPT } };
      const queue = new Queue(name, { connection: this.producer, prefix: this.prefix, streams });
      queue.on('error', (error) => this.logger.debug({ reason: error.message }, 'log queue'));
      return queue;
    };
    const queue = new BullJobQueue<T>(open, () => this.isReady());
    this.queues.push(queue);
    return queue;
  }

  createWorker<T>(name: string, processor: JobProcessor<T>, options: JobWorkerOptions): JobWorker {
    return new BullJobWorker<T>(
      (process) =>
        new Worker<T, void>(name, process, {
          connection: { url: this.redis.url.reveal(), ...WORKER_CONNECTION },
          prefix: this.prefix,
          concurrency: options.concurrency,
          ...workerDurability(options.lockMs ?? LOCK_MS, options.retryDelayMs ?? RETRY_DELAYS),
        }),
      processor,
      this.logger,
    );
  }

  isReady(): boolean {
    return this.producer.status === 'ready';
  }

  alarms(): readonly string[] {
    return this.guard.alarm === undefined ? [] : [this.guard.alarm];
  }

  async close(): Promise<void> {
    this.guard.stop();
    const closing = Promise.allSettled(this.queues.map((queue) => queue.close()));
    await withTimeLimit(closing, CLOSE_LIMIT_MS, 'Redis did not answer while closing').catch((error: Error) =>
      this.logger.warn(error.message),
    );
    this.producer.disconnect();
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
