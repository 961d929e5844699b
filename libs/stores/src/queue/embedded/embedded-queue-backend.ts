import { dirname, join } from 'node:path';
import type { Logger } from '@sallyport/telemetry';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
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
import { EmbeddedPostgres } from './embedded-postgres';
import { EmbeddedQueueBooks } from './embedded-queue-books';
import { lockFolder } from './folder-lock';
import { listJobIds } from './list-job-ids';
import { EmbeddedPostgresPool } from './postgres-pool';

/** Only matters while this process lives: what a crash left under way is taken again when the database opens. */
const LOCK_MS = 30_000;

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
  private readonly queues: Pick<BullJobQueue<unknown>, 'close'>[] = [];

  constructor(
    dataDir: string,
    private readonly logger: Logger,
  ) {
    this.release = lockFolder(dataDir);
    this.postgres = new EmbeddedPostgres(dataDir, THREAD_FILE);
    this.pool = new EmbeddedPostgresPool(this.postgres);
    this.postgres.on('crash', (error) => logger.error({ reason: error.message }, 'the embedded queue starts again'));
    this.postgres.on('problem', (reason) => logger.warn({ reason }, 'the embedded queue could not be tidied'));
  }

  createQueue<T>(name: string): JobQueue<T> {
    const isReady = (): boolean => this.isReady();
    const queue = new BullJobQueue<T>({
      open: () => this.openQueue(name),
      canAdd: isReady,
      canCall: isReady,
      listIds: (state, start, count) => listJobIds(this.postgres, name, state, start, count),
    });
    this.queues.push(queue);
    return queue;
  }

  openBooks(name: string): QueueBooks {
    return new EmbeddedQueueBooks(this.postgres, name);
  }

  openBoardQueue(name: string): Queue {
    const queue = this.openQueue(name);
    this.queues.push(queue);
    // By default the type says that the queue is in Redis; Bull Board asks what it is.
    return queue as unknown as Queue;
  }

  createWorker<T>(name: string, processor: JobProcessor<T>, options: JobWorkerOptions): JobWorker {
    const settings = workerOptions(options, LOCK_MS);
    return new BullJobWorker<T>(
      (process) => new Worker(name, process, { connection: this.pool, ...settings }, createPostgresBackend),
      settings.lockDuration,
      () => this.isReady(),
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

  private openQueue(name: string): BullQueue {
    const streams = { events: { maxLen: EVENTS_KEPT } };
    const queue = new Queue(name, { connection: this.pool, streams }, createPostgresBackend);
    queue.on('error', (error: Error) => this.logger.debug({ reason: error.message }, 'log queue'));
    return queue;
  }
}
