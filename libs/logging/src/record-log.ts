import type { LogBatchSettings, OutboxSettings } from '@sallyport/config';
import type { JobQueue, QueueBooks } from '@sallyport/stores';
import type { Logger } from '@sallyport/telemetry';
import type { LogBatch } from './entry/log-entry';
import { serialiseRecord, type SerialisableRecord } from './entry/serialise-record';
import type { LedgerPage } from './ledger/ledger-entry';
import type { LedgerQuery } from './ledger/ledger';
import { Outbox, type OutboxCounts, type OutboxDepth } from './outbox/outbox';
import { BatchContent } from './shipping/batch-content';
import { QueueRoom } from './shipping/queue-room';
import { Shipper } from './shipping/shipper';
import type { RecordStore } from './writing/record-store.port';

export interface RecordLogOptions {
  /** Folder of the outbox; several processes of one machine may share it. */
  readonly dir: string;
  readonly queue: Pick<JobQueue<LogBatch>, 'add' | 'counts'>;
  /** The books of that queue. */
  readonly books: Pick<QueueBooks, 'enlist'>;
  /** Takes the records that are too large for the queue. It stays open when the log closes. */
  readonly store: Pick<RecordStore, 'write'>;
  readonly batch: LogBatchSettings;
  readonly outbox: OutboxSettings;
  readonly logger: Logger;
}

/** The sending end of the log pipeline: takes records and sees to it that each one reaches the queue. */
export class RecordLog {
  private constructor(
    private readonly outbox: Outbox,
    private readonly shipper: Shipper,
  ) {}

  /**
   * Opens the outbox and begins to ship, what an earlier run left first.
   *
   * @throws SallyportError that names DATA_DIR when the folder cannot be used
   */
  static open({ dir, queue, books, store, batch, outbox: settings, logger }: RecordLogOptions): RecordLog {
    const outbox = Outbox.open(dir, settings, logger);
    const content = new BatchContent(outbox, store);
    const room = new QueueRoom(queue, batch.maxQueuedBatches);
    const shipper = new Shipper({ outbox, queue, books, content, room, limits: batch, logger });
    shipper.start();
    return new RecordLog(outbox, shipper);
  }

  /**
   * Resolves once the record is on disk, and then it survives the end of this process, whatever ends it; or, when the
   * outbox is full and records give way to calls, once it is counted as given up.
   *
   * @throws SallyportError `storage_full` or `unavailable` (both retryable)
   */
  append(record: SerialisableRecord): Promise<void> {
    return this.outbox.append(serialiseRecord(record));
  }

  /** See {@link Outbox.requireRoom}. */
  requireRoom(): void {
    this.outbox.requireRoom();
  }

  /** Of all processes that share the outbox, since it was made. */
  counts(): OutboxCounts {
    return this.outbox.counts();
  }

  depth(): OutboxDepth {
    return this.outbox.depth();
  }

  /**
   * Records that were accepted, by the day of their call (`YYYY-MM-DD`), in the order in which they came.
   *
   * @throws SallyportError `invalid_request`
   */
  ledger(date: string, query: LedgerQuery): LedgerPage {
    return this.outbox.ledger.page(date, query);
  }

  /** Ships what is left for at most `flushLimitMs`; the rest stays on disk for the next start. */
  async close(flushLimitMs: number): Promise<void> {
    await this.shipper.stop(flushLimitMs);
    await this.outbox.close();
  }
}
