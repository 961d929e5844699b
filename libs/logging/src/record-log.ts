import type { LogBatchSettings } from '@sallyport/config';
import type { JobQueue } from '@sallyport/stores';
import type { Logger } from '@sallyport/telemetry';
import type { LogBatch } from './entry/log-entry';
import { serialiseRecord, type SerialisableRecord } from './entry/serialise-record';
import { Outbox, type OutboxDepth } from './outbox/outbox';
import { Shipper } from './shipping/shipper';

export interface RecordLogOptions {
  /** Folder of the outbox; several processes of one machine may share it. */
  readonly dir: string;
  readonly queue: JobQueue<LogBatch>;
  readonly batch: LogBatchSettings;
  readonly logger: Logger;
}

/** Counts since the start; `accepted - queued` of all processes that share an outbox is what waits in it. */
export interface RecordLogCounts {
  /** Records on disk before their call ended. */
  readonly accepted: number;
  /** Records that this process handed to the queue, those of other processes included. */
  readonly queued: number;
}

/** The sending end of the log pipeline: takes records and sees to it that each one reaches the queue. */
export class RecordLog {
  private constructor(
    private readonly outbox: Outbox,
    private readonly shipper: Shipper,
  ) {}

  /** Opens the outbox and begins to ship, what an earlier run left first. */
  static open({ dir, queue, batch, logger }: RecordLogOptions): RecordLog {
    const outbox = Outbox.open(dir);
    const shipper = new Shipper(outbox, queue, batch, logger);
    shipper.start();
    return new RecordLog(outbox, shipper);
  }

  /**
   * Resolves once the record is on disk; it then survives the end of this process, whatever ends it.
   *
   * @throws SallyportError `storage_full` or `unavailable` (both retryable)
   */
  append(record: SerialisableRecord): Promise<void> {
    return this.outbox.append(serialiseRecord(record));
  }

  counts(): RecordLogCounts {
    return { accepted: this.outbox.accepted, queued: this.shipper.queued };
  }

  depth(): OutboxDepth {
    return this.outbox.depth();
  }

  /** Ships what is left for at most `flushLimitMs`; the rest stays on disk for the next start. */
  async close(flushLimitMs: number): Promise<void> {
    await this.shipper.stop(flushLimitMs);
    await this.outbox.close();
  }
}
