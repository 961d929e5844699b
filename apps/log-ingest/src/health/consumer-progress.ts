import type { LogWorkerSettings, RecordStoreSettings } from '@sallyport/config';
import type { LivenessCheck } from '@sallyport/platform';
import type { JobCounts, JobQueue, JobWorker, QueueBackend } from '@sallyport/stores';

/** What the check looks at. */
export interface WatchedConsumer {
  readonly queue: Pick<JobQueue<unknown>, 'counts'>;
  readonly worker: Pick<JobWorker, 'progress' | 'isRunning'>;
  readonly backend: Pick<QueueBackend, 'isReady'>;
  /** Records by what became of them: a large batch moves long before it ends. */
  readonly batches: { readonly counts: Readonly<Record<string, number>> };
  readonly isClosing: boolean;
}

/**
 * Batches that wait for their next try are taken by any worker of the queue, so one that sees none of them for so many
 * times the longest standstill is the odd one out.
 */
const DELAYED_PATIENCE = 10;

/**
 * Time without any movement after which a worker has stopped: longer than the lock of a killed worker's batch, the
 * pause between tries, and a write that nobody answers, twice each.
 */
export function standstillMs(worker: LogWorkerSettings, store: RecordStoreSettings): number {
  const writeMs = store.kind === 'directory' ? 0 : store.timeoutMs;
  return 2 * (worker.lockMs + worker.maxRetryDelayMs + writeMs);
}

/**
 * Finds a worker that has stopped to take batches, as workers of queues do after some lost connections, also when it
 * says that it runs: batches wait, and neither a record nor a try has ended for too long. Tries that fail count: as
 * long as the place is away, a restart of this app would help nobody.
 */
export class ConsumerProgress implements LivenessCheck {
  readonly name = 'progress';
  private records = 0;
  private recordsAt: number;
  private idleAt: number;
  private undelayedAt: number;
  private runningAt: number;

  constructor(
    private readonly consumer: WatchedConsumer,
    private readonly limitMs: number,
    private readonly now: () => number = Date.now,
  ) {
    this.recordsAt = this.idleAt = this.undelayedAt = this.runningAt = now();
  }

  async check(): Promise<void> {
    const counts = await this.counts();
    const now = this.now();
    // A queue that is away leaves nothing to do, and a worker that drains is meant to stop.
    if (counts === undefined || this.consumer.isClosing) {
      this.idleAt = this.undelayedAt = this.runningAt = now;
      return;
    }
    if (counts.waiting === 0) this.idleAt = now;
    if (counts.waiting + counts.delayed === 0) this.undelayedAt = now;
    if (this.consumer.worker.isRunning()) this.runningAt = now;
    this.judge(counts, now);
  }

  private judge({ waiting, delayed }: JobCounts, now: number): void {
    if (now - this.runningAt > this.limitMs) throw new Error('The worker has stopped');
    const movedAt = Math.max(this.lastRecordAt(now), this.consumer.worker.progress.lastAt);
    if (now - Math.max(this.idleAt, movedAt) > this.limitMs) {
      throw new Error(`${waiting} batches wait and none has moved for too long`);
    }
    if (now - Math.max(this.undelayedAt, movedAt) > DELAYED_PATIENCE * this.limitMs) {
      throw new Error(`${delayed} batches wait for their next try, which nobody makes`);
    }
  }

  private lastRecordAt(now: number): number {
    const records = Object.values(this.consumer.batches.counts).reduce((sum, count) => sum + count, 0);
    if (records !== this.records) this.recordsAt = now;
    this.records = records;
    return this.recordsAt;
  }

  private async counts(): Promise<JobCounts | undefined> {
    if (!this.consumer.backend.isReady()) return undefined;
    try {
      return await this.consumer.queue.counts();
    } catch {
      return undefined;
    }
  }
}
