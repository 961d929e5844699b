import type { Queue } from 'bullmq';

/** One unit of work as a processor sees it. */
export interface Job<T> {
  readonly id: string;
  readonly data: T;
  /** 1 at the first try. */
  readonly attempt: number;
  /**
   * Replaces what the next try of this job is given, also when this process is killed right after.
   *
   * @throws SallyportError `unavailable` as {@link JobQueue.add} does; the new data may have landed
   */
  update(data: T): Promise<void>;
  /**
   * Makes sure that this worker still has the job, and begins its lock anew. A worker that stood still for longer than
   * the lock has lost the job: another one may have done it meanwhile, or be at it.
   *
   * @throws SallyportError `unavailable` (retryable) when the job is lost, and as {@link JobQueue.add} does
   */
  keep(): Promise<void>;
}

/** A job that nobody works on, as somebody who looks after the queue sees it. */
export interface StoredJob<T> {
  readonly id: string;
  readonly data: T;
  /** Why it was set aside; undefined while it was not. */
  readonly failedReason: string | undefined;
}

/**
 * Does one job. When it rejects the job is tried again later; with a `SallyportError` that is not retryable the job is
 * set aside as failed, and kept.
 */
export type JobProcessor<T> = (job: Job<T>) => Promise<void>;

export interface JobCounts {
  /** Ready to be taken. */
  readonly waiting: number;
  readonly active: number;
  /** Wait for their next try. */
  readonly delayed: number;
  /** Set aside for good: only a person or a replay brings them back. */
  readonly failed: number;
}

/** The producing end of a queue. */
export interface JobQueue<T> {
  /**
   * Resolves when the backend has the job. A second job with the id of one that the backend still holds is ignored, so
   * an add that failed may be repeated with the same id.
   *
   * @param id letters first, no colon: BullMQ refuses ids that are numbers or hold a colon
   * @param data a JSON value whose strings hold neither NUL nor half a surrogate pair, which Postgres cannot store
   * @throws SallyportError `unavailable` (retryable) at once when the backend is away, and after a time limit when it
   *   does not answer; the job may have landed in the second case
   */
  add(id: string, data: T): Promise<void>;
  /** @throws SallyportError `unavailable` as {@link JobQueue.add} does */
  counts(): Promise<JobCounts>;
  /**
   * Jobs of one state, the oldest first, in pages: the queue moves meanwhile, so a job may be missed or come twice. Each
   * is read when it is asked for, as it may be large; one that is gone by then is left out.
   *
   * @throws SallyportError `unavailable` as {@link JobQueue.add} does
   */
  list(state: keyof JobCounts, start: number, count: number): AsyncIterable<StoredJob<T>>;
  /**
   * Takes a job out; one that is gone is no error.
   *
   * @throws SallyportError `unavailable` as {@link JobQueue.add} does, also while a worker has the job
   */
  remove(id: string): Promise<void>;
  /**
   * Puts a job that was set aside back among the waiting, its tries counted anew; one that is gone or was not set aside
   * is no error.
   *
   * @throws SallyportError `unavailable` as {@link JobQueue.add} does
   */
  retry(id: string): Promise<void>;
}

/** What became of the records of some batches. */
export interface RecordTally {
  /** In their place, whichever try brought them there. */
  readonly written: number;
  readonly deadLettered: number;
}

/** Sums since the queue was made. */
export interface BookTotals extends RecordTally {
  /** Records of batches that were enlisted and not settled. */
  readonly waiting: number;
  /** Dead letters that went back to the queue. */
  readonly replayed: number;
  /** How long ago the oldest of the waiting batches was enlisted; undefined when none waits. */
  readonly oldestWaitingMs: number | undefined;
}

/**
 * Accounts for records by batch. They are kept where the queue is and survive what it survives; each call may be
 * repeated, at any later time, and counts once for each batch: settled batches are remembered for a week, but not more
 * than the last {@link SETTLED_KEPT}.
 *
 * Every call throws SallyportError `unavailable` as {@link JobQueue.add} does, and may then have counted.
 */
export interface QueueBooks {
  /** Notes, before it is added to the queue, how many records a batch carries. */
  enlist(batchId: string, records: number): Promise<void>;
  /** The same for a batch of dead letters that are tried again. */
  replay(batchId: string, records: number): Promise<void>;
  /** Notes what became of a batch, before its job is done; also of one that was never enlisted. */
  settle(batchId: string, tally: RecordTally): Promise<void>;
  totals(): Promise<BookTotals>;
}

/** Settled batches that the books remember at most: about 60 MB of memory in Redis. One that is repeated later counts again. */
export const SETTLED_KEPT = 500_000;
/** How long the books remember a settled batch, in milliseconds. */
export const SETTLED_KEPT_MS = 7 * 86_400_000;

export interface JobWorkerOptions {
  /** Jobs that are processed at the same time. */
  readonly concurrency: number;
  /** Most jobs begun in a second by all workers of the queue; undefined: as many as there are. */
  readonly maxPerSecond?: number;
  /** First and longest wait before another try, in milliseconds; in between it doubles. */
  readonly retryDelayMs?: { readonly first: number; readonly longest: number };
  /**
   * Time after which a job whose worker was killed is taken by another one, in milliseconds. It must outlast every
   * pause of a living worker and of the backend.
   */
  readonly lockMs?: number;
}

/** What a worker did since it was created. */
export interface JobWorkerProgress {
  readonly completed: number;
  /** Tries that failed and will be repeated. */
  readonly retried: number;
  /** Jobs set aside for good. */
  readonly failed: number;
  /** When a job last ended, well or not, as milliseconds of the epoch; the start of the worker before that. */
  readonly lastAt: number;
}

/** The consuming end of a queue: runs from its creation. */
export interface JobWorker {
  /** False once the worker has stopped taking jobs for good. */
  isRunning(): boolean;
  readonly progress: JobWorkerProgress;
  /**
   * Takes no more jobs and waits for those under way. After `limitMs` they go back to the queue, to be repeated, even
   * though their processors may still run.
   */
  close(limitMs: number): Promise<void>;
}

/**
 * Where queues live. Both kinds keep an accepted job until it is done: over a crash of the process, of a worker and of
 * the backend itself.
 */
export interface QueueBackend {
  readonly kind: 'redis' | 'embedded-postgres';
  createQueue<T>(name: string): JobQueue<T>;
  /** The books of a queue, by its name. */
  openBooks(name: string): QueueBooks;
  createWorker<T>(name: string, processor: JobProcessor<T>, options: JobWorkerOptions): JobWorker;
  /**
   * A queue by its name as Bull Board takes it: `new BullMQAdapter(backend.openBoardQueue(name))`. Open it once; it
   * belongs to the backend, which closes it. Its calls wait while the backend was never up and fail while it is away:
   * ask {@link QueueBackend.isReady} first.
   */
  openBoardQueue(name: string): Queue;
  /** Whether jobs can be added now. Jobs that are there already may be worked on, and books kept, even when not. */
  isReady(): boolean;
  /** What an operator must change for the promise above to hold; empty when all is well or unknown. */
  alarms(): readonly string[];
  /** Releases connections and threads. Close workers first. */
  close(): Promise<void>;
}
