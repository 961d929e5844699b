import { writeSync } from 'node:fs';
import type { SallyportError } from '@sallyport/dialects';
import type { OutboxDatabase } from './outbox-database';
import { outboxFull } from './storage-error';

const MIB = 1_048_576;

/** Left for what makes room: even removing a record writes new pages before it frees old ones. */
const RESERVE_BYTES = MIB;
/** The file grows by so much at a time: little, as writing it holds up the event loop. */
const STEP_BYTES = 262_144;
const ZEROS = Buffer.alloc(STEP_BYTES);
/** A disk that is full is asked again after this time. */
const ASK_AGAIN_MS = 500;

/**
 * Keeps the file of the outbox longer than LMDB needs it, by blocks that the disk has really given. So a full disk shows
 * here, before anything is written, and not in the middle of a commit, where LMDB may come to harm, and the last pages
 * are never used for new records.
 */
export class FileRoom {
  private fullUntil = -Infinity;

  constructor(
    private readonly database: Pick<
      OutboxDatabase,
      'refresh' | 'reachedBytes' | 'usedBytes' | 'fileBytes' | 'fileDescriptor' | 'exclusively'
    >,
  ) {}

  /**
   * Sees to room for `bytes` of new records.
   *
   * @throws SallyportError `storage_full` when the disk has none
   */
  async ensure(bytes: number): Promise<void> {
    this.database.refresh();
    const needed = bytes + RESERVE_BYTES;
    const length = this.database.reachedBytes() + needed;
    if (this.database.fileBytes() >= length) return;
    if (performance.now() >= this.fullUntil && (await this.lengthen(length))) return;
    if (this.hasPagesToReuse(needed)) return;
    throw diskFull();
  }

  /** @throws SallyportError `storage_full` when the disk had no room a moment ago, and none was made since */
  requireRoom(): void {
    if (performance.now() >= this.fullUntil) return;
    this.database.refresh();
    const isLongEnough = this.database.fileBytes() >= this.database.reachedBytes() + RESERVE_BYTES;
    if (!isLongEnough && !this.hasPagesToReuse(RESERVE_BYTES)) throw diskFull();
  }

  /** Pages that were used before may lie scattered, and the newest of them not be free for everyone yet. */
  private hasPagesToReuse(needed: number): boolean {
    return this.database.fileBytes() - this.database.usedBytes() >= 2 * needed;
  }

  /** @returns whether the file has got the length */
  private async lengthen(length: number): Promise<boolean> {
    try {
      const wanted = length + STEP_BYTES;
      while (this.database.fileBytes() < wanted) await this.database.exclusively(() => this.appendZeros(wanted));
    } catch {
      this.fullUntil = performance.now() + ASK_AGAIN_MS;
    }
    return this.database.fileBytes() >= length;
  }

  /** Nobody may write meanwhile: behind the end of the file is where LMDB puts new pages. */
  private appendZeros(wanted: number): void {
    // Asked again in here, as another process may just have made it longer.
    const end = this.database.fileBytes();
    const missing = Math.min(STEP_BYTES, wanted - end);
    if (missing > 0) writeSync(this.database.fileDescriptor, ZEROS, 0, missing, end);
  }
}

function diskFull(): SallyportError {
  return outboxFull('The disk of the log outbox is full');
}
