import { fstatSync, writeSync } from 'node:fs';
import type { OutboxDatabase } from './outbox-database';
import { outboxFull } from './storage-error';

const MIB = 1_048_576;

/** Left for what makes room: even removing a record writes new pages before it frees old ones. */
const RESERVE_BYTES = MIB;
/** The file grows by so much at a time. */
const STEP_BYTES = 4 * MIB;
/** A disk that is full is asked again after this time. */
const ASK_AGAIN_MS = 500;

/**
 * Keeps the file of the outbox longer than LMDB needs it, by blocks that the disk has really given. So a full disk shows
 * here, before anything is written, and not in the middle of a commit, where LMDB may come to harm, and the last pages
 * are never used for new records.
 */
export class FileRoom {
  private fullUntil = 0;

  constructor(private readonly database: OutboxDatabase) {}

  /**
   * Sees to room for `bytes` of new records.
   *
   * @throws SallyportError `storage_full` when the disk has none
   */
  async ensure(bytes: number): Promise<void> {
    const { reached, used, size } = this.database.pages();
    const needed = bytes + RESERVE_BYTES;
    if (this.length() - reached * size >= needed) return;
    if (Date.now() >= this.fullUntil && (await this.lengthen(reached * size + needed))) return;
    // Pages that were used before may lie scattered, and the newest of them not be free for everyone yet.
    if (this.length() - used * size >= 2 * needed) return;
    throw outboxFull('The disk of the log outbox is full');
  }

  private length(): number {
    return fstatSync(this.database.fileDescriptor).size;
  }

  /** @returns whether the file has got the length */
  private async lengthen(length: number): Promise<boolean> {
    try {
      await this.database.exclusively(() => this.appendZeros(length + STEP_BYTES));
    } catch {
      this.fullUntil = Date.now() + ASK_AGAIN_MS;
    }
    return this.length() >= length;
  }

  /** Nobody may write meanwhile: behind the end of the file is where LMDB puts new pages. */
  private appendZeros(length: number): void {
    const zeros = Buffer.alloc(MIB);
    for (let end = this.length(); end < length; end = this.length())
      writeSync(this.database.fileDescriptor, zeros, 0, Math.min(MIB, length - end), end);
  }
}
