import { SallyportError } from '@sallyport/dialects';
import type { JobQueue } from '@sallyport/stores';

const ASK_EVERY_MS = 1_000;

/**
 * Keeps a queue that nobody empties from growing without end. It asks for the length once a second and counts its own
 * batches in between, so that each gateway may add a second's worth above the limit.
 */
export class QueueRoom {
  private length = 0;
  private askedAt = -Infinity;

  constructor(
    private readonly queue: Pick<JobQueue<unknown>, 'counts'>,
    private readonly maxBatches: number,
  ) {}

  /** @throws SallyportError retryable when the queue is full, or away */
  async ensure(): Promise<void> {
    if (performance.now() - this.askedAt >= ASK_EVERY_MS) {
      const { waiting, active, delayed } = await this.queue.counts();
      this.length = waiting + active + delayed;
      this.askedAt = performance.now();
    }
    if (this.length >= this.maxBatches)
      throw new SallyportError('unavailable', 'The log queue holds as many batches as LOG_MAX_QUEUED_BATCHES allows', {
        retryable: true,
      });
  }

  noteAdded(): void {
    this.length += 1;
  }
}
