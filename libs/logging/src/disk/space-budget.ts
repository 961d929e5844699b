import type { OutboxSettings } from '@sallyport/config';
import type { OutboxDatabase } from './outbox-database';
import { outboxFull } from './storage-error';

/** How old the counts may be that new records are added to. */
const COUNTS_LIVE_MS = 20;
const PAGE_BYTES = 4096;
/** Key, header and ledger line of a record. */
const OVERHEAD_BYTES = 256;

/** What a record will about take on disk: LMDB gives a value over half a page pages of its own. */
export function spaceOf(bytes: number): number {
  const whole = bytes + OVERHEAD_BYTES;
  return whole <= PAGE_BYTES / 2 ? whole : Math.ceil(whole / PAGE_BYTES) * PAGE_BYTES;
}

/**
 * Refuses records above a number and a space on disk. It counts what is there a few times a second and adds what was
 * admitted since, so it is exceeded at most by what other processes append within 20 ms.
 */
export class SpaceBudget {
  private records = 0;
  private bytes = 0;
  private countedAt = -Infinity;

  constructor(
    private readonly database: Pick<OutboxDatabase, 'refresh' | 'recordUse'>,
    private readonly limits: Pick<OutboxSettings, 'maxRecords' | 'maxBytes'>,
  ) {}

  /**
   * @param space see {@link spaceOf}
   * @param underWay records that were admitted and are not on disk yet, and their space
   * @throws SallyportError `storage_full` when the record does not fit
   */
  admit(space: number, underWay: { records: number; space: number }): void {
    this.require(space, underWay);
    this.records += 1;
    this.bytes += space;
  }

  /** The same without taking the record in. */
  require(space: number, underWay: { records: number; space: number }): void {
    if (performance.now() - this.countedAt > COUNTS_LIVE_MS) this.count(underWay);
    if (this.records + 1 > this.limits.maxRecords)
      throw outboxFull('The log outbox holds as many records as LOG_OUTBOX_MAX_RECORDS allows');
    if (this.bytes + space > this.limits.maxBytes)
      throw outboxFull('The log outbox takes as much space as LOG_OUTBOX_MAX_BYTES allows');
  }

  private count(underWay: { records: number; space: number }): void {
    this.database.refresh();
    const { records, bytes } = this.database.recordUse();
    this.records = records + underWay.records;
    this.bytes = bytes + underWay.space;
    this.countedAt = performance.now();
  }
}
