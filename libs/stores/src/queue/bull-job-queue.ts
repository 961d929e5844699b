import { SallyportError } from '@sallyport/dialects';
import type { JobsOptions, JobType } from 'bullmq';
import { jobOptions } from './job-options';
import type { JobCounts, JobQueue } from './queue-backend.port';
import { withTimeLimit } from './with-time-limit';

/** What is used of BullMQ's `Queue`, whatever its backend. */
export interface BullQueue {
  waitUntilReady(): Promise<unknown>;
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** Above the command time-out of the Redis connection, which gives the better message. */
const CALL_LIMIT_MS = 5_000;

/**
 * A queue whose calls always settle. BullMQ's own `add` waits for ever when its backend was never up, and a BullMQ
 * queue whose first contact failed stays broken; this one checks readiness itself and replaces a broken queue.
 */
export class BullJobQueue<T> implements JobQueue<T> {
  private queue: BullQueue | undefined;
  private closed = false;

  /**
   * @param open creates a BullMQ queue
   * @param isReady whether the backend can be called now
   */
  constructor(
    private readonly open: () => BullQueue,
    private readonly isReady: () => boolean,
  ) {}

  async add(id: string, data: T): Promise<void> {
    await this.call((queue) => queue.add('job', data, jobOptions(id)));
  }

  async counts(): Promise<JobCounts> {
    const counts = await this.call((queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'));
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { waiting, active, delayed, failed };
  }

  /** Further calls are refused. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue?.close();
  }

  private async call<R>(command: (queue: BullQueue) => Promise<R>): Promise<R> {
    if (this.closed || !this.isReady()) throw unavailable('The log queue is away');
    try {
      return await withTimeLimit(this.run(command), CALL_LIMIT_MS, 'The log queue did not answer in time');
    } catch (error) {
      throw error instanceof SallyportError ? error : unavailable('The log queue refused a command', error);
    }
  }

  private async run<R>(command: (queue: BullQueue) => Promise<R>): Promise<R> {
    const queue = (this.queue ??= this.open());
    try {
      await queue.waitUntilReady();
    } catch (error) {
      if (this.queue === queue) this.queue = undefined;
      throw error;
    }
    return command(queue);
  }
}

function unavailable(message: string, cause?: unknown): SallyportError {
  return new SallyportError('unavailable', message, { retryable: true, cause });
}
