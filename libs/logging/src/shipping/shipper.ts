import { setTimeout as sleep } from 'node:timers/promises';
import type { LogBatchSettings } from '@sallyport/config';
import type { JobQueue, QueueBooks } from '@sallyport/stores';
import type { Logger } from '@sallyport/telemetry';
import type { LogBatch } from '../entry/log-entry';
import type { Outbox } from '../outbox/outbox';
import { AwaitsPlace, type BatchContent } from './batch-content';
import type { QueueRoom } from './queue-room';

const FIRST_RETRY_MS = 50;
/** Short: a queue that is away refuses at once, and records should move as soon as it is back. */
const LONGEST_RETRY_MS = 1_000;
/** A queue that opens or restarts is nothing to tell; one that stays away is. */
const TELL_AFTER_MS = 5_000;

export interface ShipperParts {
  readonly outbox: Pick<Outbox, 'claim' | 'complete' | 'postpone'>;
  readonly queue: Pick<JobQueue<LogBatch>, 'add'>;
  readonly books: Pick<QueueBooks, 'enlist'>;
  readonly content: Pick<BatchContent, 'of'>;
  readonly room: Pick<QueueRoom, 'ensure' | 'noteAdded'>;
  readonly limits: LogBatchSettings;
  readonly logger: Logger;
}

/**
 * Brings records from the outbox to the queue, one batch at a time and in order, except that those which only their place
 * can take let others go first while that is away. A record leaves the outbox only after the queue has accepted its
 * batch; an attempt that may or may not have landed is repeated with the same batch and id.
 */
export class Shipper {
  private shipping: Promise<void> | undefined;
  private stopBy = Infinity;
  private readonly stopped = new AbortController();
  private failures = 0;
  private failingSince: number | undefined;
  private told = false;

  constructor(private readonly parts: ShipperParts) {}

  start(): void {
    this.shipping ??= this.run();
  }

  /**
   * Ships what is left, until the outbox is empty, an attempt fails or `limitMs` is over; the attempt under way may end
   * a little later. What stays in the outbox is shipped by another process or after the next start.
   */
  async stop(limitMs: number): Promise<void> {
    this.stopBy = performance.now() + limitMs;
    this.stopped.abort();
    await this.shipping;
  }

  private async run(): Promise<void> {
    // Looking is cheap, so a batch that fell due by age waits at most a quarter of that age longer.
    const pollMs = Math.max(10, this.parts.limits.maxAgeMs / 4);
    while (performance.now() < this.stopBy) {
      const outcome = await this.shipOne();
      if (outcome === 'shipped' || outcome === 'postponed') continue;
      if (this.stopped.signal.aborted) return;
      await this.pause(outcome === 'failed' ? retryDelay(this.failures) : pollMs);
    }
  }

  private async shipOne(): Promise<'shipped' | 'postponed' | 'nothing due' | 'failed'> {
    const { outbox, queue, books, content, room } = this.parts;
    try {
      const batch = await outbox.claim(this.limitsNow());
      if (batch === undefined) return 'nothing due';
      await room.ensure();
      const entries = await content.of(batch).catch(awaitsPlace);
      if (entries === undefined) return 'nothing due';
      if (entries instanceof AwaitsPlace) return await this.postpone(batch.id, entries.message);
      await books.enlist(batch.id, entries.length);
      await queue.add(batch.id, { entries });
      room.noteAdded();
      await outbox.complete(batch.id);
      this.noteSuccess();
      return 'shipped';
    } catch (error) {
      this.noteFailure((error as Error).message);
      return 'failed';
    }
  }

  private async postpone(batchId: string, reason: string): Promise<'postponed'> {
    await this.parts.outbox.postpone(batchId);
    this.parts.logger.warn({ reason }, 'a log record that is too large for the queue waits for its place');
    return 'postponed';
  }

  private noteFailure(reason: string): void {
    this.failures += 1;
    this.failingSince ??= performance.now();
    if (this.told || performance.now() - this.failingSince < TELL_AFTER_MS) return;
    this.told = true;
    this.parts.logger.warn({ reason }, 'log records wait in the outbox');
  }

  private noteSuccess(): void {
    if (this.told) this.parts.logger.info('log records reach the queue again');
    this.failures = 0;
    this.failingSince = undefined;
    this.told = false;
  }

  /** While stopping every record is due. */
  private limitsNow(): LogBatchSettings {
    return this.stopped.signal.aborted ? { ...this.parts.limits, maxAgeMs: 0 } : this.parts.limits;
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

function awaitsPlace(error: unknown): AwaitsPlace {
  if (error instanceof AwaitsPlace) return error;
  throw error;
}

function retryDelay(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
}
