import { ErrorCode, type Job as BullJob, type JobsOptions, type JobType } from 'bullmq';
import { jobOptions } from './job-options';
import { callQueue, unavailable } from './queue-call';
import type { JobCounts, JobQueue, StoredJob } from './queue-backend.port';

/** What is used of BullMQ's `Job`, whatever its backend. */
type BullStoredJob = Pick<BullJob, 'data' | 'failedReason' | 'retry'>;

/** What is used of BullMQ's `Queue`, whatever its backend. */
export interface BullQueue {
  waitUntilReady(): Promise<unknown>;
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  getRanges(types: JobType[], start: number, end: number, ascending: boolean): Promise<string[]>;
  getJob(id: string): Promise<BullStoredJob | undefined>;
  /** 0 when a worker has the job; on Postgres also when it is gone. */
  remove(id: string): Promise<number>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** How a queue reaches its backend. */
export interface BullQueueAccess {
  /** Creates a BullMQ queue. */
  open(): BullQueue;
  /** Whether jobs may be added now. */
  canAdd(): boolean;
  /** Whether the backend can be called now. */
  canCall(): boolean;
  /** Ids of a page of the jobs of one state, the oldest first, where BullMQ's own pages are not in that order. */
  listIds?(state: keyof JobCounts, start: number, count: number): Promise<readonly string[]>;
}

/**
 * A queue whose calls always settle. BullMQ's own `add` waits for ever when its backend was never up, and a BullMQ
 * queue whose first contact failed stays broken; this one checks readiness itself and replaces a broken queue.
 */
export class BullJobQueue<T> implements JobQueue<T> {
  private queue: BullQueue | undefined;
  private closed = false;

  constructor(private readonly access: BullQueueAccess) {}

  async add(id: string, data: T): Promise<void> {
    if (!this.access.canAdd()) throw unavailable('The log queue takes no jobs');
    await this.call((queue) => queue.add('job', data, jobOptions(id)));
  }

  async counts(): Promise<JobCounts> {
    const counts = await this.call((queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'));
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { waiting, active, delayed, failed };
  }

  async *list(state: keyof JobCounts, start: number, count: number): AsyncIterable<StoredJob<T>> {
    if (count <= 0) return;
    const { access } = this;
    const ids = await this.call(
      (queue) => access.listIds?.(state, start, count) ?? queue.getRanges([state], start, start + count - 1, true),
    );
    for (const id of ids) {
      const job = await this.call((queue) => queue.getJob(id));
      // Whoever lists a queue knows what was put into it.
      if (job !== undefined) yield { id, data: job.data as T, failedReason: job.failedReason };
    }
  }

  remove(id: string): Promise<void> {
    return this.call(async (queue) => {
      if ((await queue.remove(id)) > 0) return;
      if ((await queue.getJob(id)) !== undefined) throw unavailable('A worker has the job');
    });
  }

  retry(id: string): Promise<void> {
    return this.call(async (queue) => {
      const job = await queue.getJob(id);
      try {
        await job?.retry('failed', { resetAttemptsMade: true });
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (code !== ErrorCode.JobNotExist && code !== ErrorCode.JobNotInState) throw error;
      }
    });
  }

  /** Further calls are refused. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue?.close();
  }

  private call<R>(command: (queue: BullQueue) => Promise<R>): Promise<R> {
    return callQueue(
      () => !this.closed && this.access.canCall(),
      () => this.run(command),
    );
  }

  private async run<R>(command: (queue: BullQueue) => Promise<R>): Promise<R> {
    const queue = (this.queue ??= this.access.open());
    try {
      await queue.waitUntilReady();
    } catch (error) {
      if (this.queue === queue) this.queue = undefined;
      throw error;
    }
    return command(queue);
  }
}
