import { dirname, join } from 'node:path';
import type { Logger } from '@sallyport/telemetry';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { BullJobQueue, type BullQueue } from '../bull-job-queue';
import { BullJobWorker } from '../bull-job-worker';
import { EVENTS_KEPT, workerDurability } from '../job-options';
import type { JobProcessor, JobQueue, JobWorker, JobWorkerOptions, QueueBackend } from '../queue-backend.port';
import { EmbeddedPostgres } from './embedded-postgres';
import { lockFolder } from './folder-lock';
import { EmbeddedPostgresPool } from './postgres-pool';

/** Jobs that a crash left under way are taken again this long after it. */
const LOCK_MS = 30_000;
const RETRY_DELAYS = { first: 500, longest: 60_000 };

/**
 * Threads load JavaScript, so the entry always comes from the build output, also in tests that run from sources: Nx
 * builds a project before its tests.
 */
export const THREAD_FILE = join(
  dirname(require.resolve('@sallyport/stores/package.json')),
  'dist/queue/embedded/postgres-thread.js',
);

/**
 * Queues in a Postgres inside this process, for work on one machine without a server. Returns at once; the database
 * opens in its own thread (about 2 s at the first start, 0.3 s later), and {@link QueueBackend.isReady} tells when.
 *
 * @param dataDir folder of its own, created when missing
 * @throws ConfigurationError when another process uses the folder
 */
export function openEmbeddedQueue(dataDir: string, logger: Logger): QueueBackend {
  return new EmbeddedQueueBackend(dataDir, logger);
}

class EmbeddedQueueBackend implements QueueBackend {
  readonly kind = 'embedded-postgres';
  private readonly release: () => void;
  private readonly postgres: EmbeddedPostgres;
  private readonly pool: EmbeddedPostgresPool;
  private readonly queues: BullJobQueue<unknown>[] = [];

  constructor(
    dataDir: string,
    private readonly logger: Logger,
  ) {
    this.release = lockFolder(dataDir);
    this.postgres = new EmbeddedPostgres(dataDir, THREAD_FILE);
    this.pool = new EmbeddedPostgresPool(this.postgres);
    this.postgres.on('crash', (error) => logger.error({ reason: error.message }, 'the embedded queue starts again'));
  }

  createQueue<T>(name: string): JobQueue<T> {
    const open = (): BullQueue => {
      const streams = { events: { maxLen: EVENTS_KEPT } };
      const queue = new Queue(name, { connection: this.pool, streams }, createPostgresBackend);
      queue.on('error', (error: Error) => this.logger.debug({ reason: error.message }, 'log queue'));
      return queue;
    };
    const queue = new BullJobQueue<T>(open, () => this.isReady());
    this.queues.push(queue);
    return queue;
  }

  createWorker<T>(name: string, processor: JobProcessor<T>, options: JobWorkerOptions): JobWorker {
    return new BullJobWorker<T>(
      (process) =>
        new Worker(
          name,
          process,
          {
            connection: this.pool,
            concurrency: options.concurrency,
            ...workerDurability(options.lockMs ?? LOCK_MS, options.retryDelayMs ?? RETRY_DELAYS),
          },
          createPostgresBackend,
        ),
      processor,
      this.logger,
    );
  }

  isReady(): boolean {
    return this.postgres.ready;
  }

  alarms(): readonly string[] {
    return [];
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.queues.map((queue) => queue.close()));
    await this.postgres.close();
    this.release();
  }
}
