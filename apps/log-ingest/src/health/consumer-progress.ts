import type { LivenessCheck } from '@sallyport/platform';
import type { JobQueue, JobWorker } from '@sallyport/stores';

/** Longer than any try of a batch and the lock of a job. */
const STANDSTILL_MS = 300_000;

/**
 * Finds a worker that looks alive but has stopped to take batches, as workers of queues do after some lost
 * connections: batches wait, and for minutes none has ended, not even badly.
 */
export class ConsumerProgress implements LivenessCheck {
  readonly name = 'progress';
  private idleAt: number;

  constructor(
    private readonly ingest: {
      readonly queue: Pick<JobQueue<unknown>, 'counts'>;
      readonly worker: Pick<JobWorker, 'progress'>;
    },
    private readonly now: () => number = Date.now,
  ) {
    this.idleAt = now();
  }

  async check(): Promise<void> {
    const waiting = await this.waiting();
    if (waiting === 0) this.idleAt = this.now();
    const standstill = this.now() - Math.max(this.idleAt, this.ingest.worker.progress.lastAt);
    if (standstill > STANDSTILL_MS) throw new Error(`${waiting} batches wait and none has moved for minutes`);
  }

  /** A queue that is away leaves nothing to do; a restart of this app would not bring it back. */
  private async waiting(): Promise<number> {
    try {
      return (await this.ingest.queue.counts()).waiting;
    } catch {
      return 0;
    }
  }
}
