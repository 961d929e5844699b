import { setTimeout as sleep } from 'node:timers/promises';
import { SallyportError } from '@sallyport/dialects';
import type { Logger } from '@sallyport/telemetry';
import { UnrecoverableError, type Job as BullJob, type Processor } from 'bullmq';
import type { JobProcessor, JobWorker, JobWorkerProgress } from './queue-backend.port';
import { callQueue, unavailable } from './queue-call';
import { settlesWithin } from './with-time-limit';

/** What is used of BullMQ's `Worker`, whatever its backend. */
export interface BullWorker {
  waitUntilReady(): Promise<unknown>;
  isRunning(): boolean;
  on(event: 'completed', listener: () => void): unknown;
  on(event: 'failed', listener: (job: BullJob | undefined, error: Error) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(force?: boolean): Promise<void>;
  disconnect(): Promise<void>;
}

const REOPEN_DELAY_MS = 1_000;
/** What handing back a job may take when the worker is told to stop now. */
const RELEASE_LIMIT_MS = 2_000;

/** A worker that is replaced when BullMQ could not bring it up, and that closes within a bound. */
export class BullJobWorker<T> implements JobWorker {
  private worker: BullWorker;
  private closing = false;
  /** Whether the backend answered the present worker once. */
  private reached = false;
  private lastProblem = '';
  /** Fails the jobs under way, so that they go back to the queue. */
  private readonly cutOff = Promise.withResolvers<never>();
  private readonly counted = { completed: 0, retried: 0, failed: 0, lastAt: Date.now() };

  /**
   * @param open creates a BullMQ worker around a processor
   * @param lockMs how long a job is locked for its worker, in milliseconds
   * @param canCall whether the backend can be called now
   */
  constructor(
    private readonly open: (processor: Processor<T, void>) => BullWorker,
    private readonly lockMs: number,
    private readonly canCall: () => boolean,
    private readonly processor: JobProcessor<T>,
    private readonly logger: Logger,
  ) {
    this.cutOff.promise.catch(() => undefined);
    this.worker = this.start();
  }

  get progress(): JobWorkerProgress {
    return { ...this.counted };
  }

  isRunning(): boolean {
    return !this.closing && this.worker.isRunning();
  }

  async close(limitMs: number): Promise<void> {
    this.closing = true;
    const { worker } = this;
    // Without a first contact there is nothing to wait for, and BullMQ would wait for that contact.
    const closed = worker.close(!this.reached);
    if (await settlesWithin(closed, limitMs)) return;
    this.logger.warn({ limit_ms: limitMs }, 'log batches under way did not end in time and will be repeated');
    this.cutOff.reject(new Error('The worker stops'));
    if (await settlesWithin(closed, RELEASE_LIMIT_MS)) return;
    worker.disconnect().catch((error: Error) => this.noteProblem(error.message));
  }

  private start(): BullWorker {
    const worker = this.open((job) => this.process(job));
    worker.on('completed', () => this.count('completed'));
    worker.on('failed', (job) => this.count(job?.finishedOn === undefined ? 'retried' : 'failed'));
    worker.on('error', (error) => this.noteProblem(error.message));
    worker.waitUntilReady().then(
      () => (this.reached = true),
      () => this.replace(worker),
    );
    return worker;
  }

  /** A BullMQ worker whose first contact failed never recovers by itself. */
  private async replace(broken: BullWorker): Promise<void> {
    if (this.closing) return;
    await Promise.allSettled([broken.close(true), sleep(REOPEN_DELAY_MS)]);
    if (!this.closing) this.worker = this.start();
  }

  private async process(job: BullJob<T, void>): Promise<void> {
    try {
      const work = this.processor({
        id: job.id ?? '',
        data: job.data,
        attempt: job.attemptsMade + 1,
        update: (data) => callQueue(this.canCall, () => job.updateData(data)),
        keep: () => callQueue(this.canCall, () => this.extendLock(job)),
      });
      await Promise.race([work, this.cutOff.promise]);
    } catch (error) {
      if (error instanceof SallyportError && !error.retryable) throw new UnrecoverableError(error.message);
      throw error;
    }
  }

  private async extendLock(job: BullJob<T, void>): Promise<void> {
    // 0 when the lock is gone or another worker's; changing the data of a job asks for no lock.
    if ((await job.extendLock(job.token ?? '', this.lockMs)) !== 1) throw unavailable('The worker has lost the job');
  }

  private count(outcome: 'completed' | 'retried' | 'failed'): void {
    this.counted[outcome] += 1;
    this.counted.lastAt = Date.now();
    this.lastProblem = '';
  }

  /** While the backend is away BullMQ reports the same failure many times a second. */
  private noteProblem(reason: string): void {
    if (reason === this.lastProblem) return;
    this.lastProblem = reason;
    this.logger.warn({ reason }, 'log queue worker');
  }
}
