import { ErrorCode, type Job as BullJob, type JobsOptions, type JobType } from 'bullmq';
import { jobOptions } from './job-options';
import { callQueue, unavailable } from './queue-call';
import type { JobCounts, JobQueue, StoredJob } from './queue-backend.port';

/** What is used of BullMQ's `Job`, whatever its backend. */
type BullStoredJob = Pick<BullJob, 'id' | 'data' | 'failedReason' | 'retry'>;

/** What is used of BullMQ's `Queue`, whatever its backend. */
export interface BullQueue {
  waitUntilReady(): Promise<unknown>;
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  getJobs(types: JobType[], start: number, end: number, ascending: boolean): Promise<BullStoredJob[]>;
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
  /** A page of the jobs of one state, the oldest first, where BullMQ's own pages are not in that order. */
  list?(state: keyof JobCounts, start: number, count: number): Promise<readonly StoredJob<unknown>[]>;
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

  async list(state: keyof JobCounts, start: number, count: number): Promise<readonly StoredJob<T>[]> {
    if (count <= 0) return [];
    const { access } = this;
    if (access.list !== undefined) {
      const list = access.list.bind(access);
      // Whoever lists a queue knows what was put into it.
      return (await this.call(() => list(state, start, count))) as readonly StoredJob<T>[];
    }
    const jobs = await this.call((queue) => queue.getJobs([state], start, start + count - 1, true));
    return jobs.map(({ id, data, failedReason }) => ({ id: id ?? '', data: data as T, failedReason }));
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
