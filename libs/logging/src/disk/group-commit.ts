import { SallyportError } from '@sallyport/dialects';
import type { FileRoom } from './file-room';
import type { OutboxDatabase } from './outbox-database';

/** Bounds what one commit makes all others wait for; a larger write goes alone. */
const MAX_GROUP_BYTES = 4_194_304;
/** A disk or another process that blocks for so long will not come back soon. */
const LONGEST_WAIT_MS = 30_000;

interface PendingWrite {
  readonly space: number;
  readonly put: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes that come while a commit is under way share the next one, so that a disk's flush is paid once for all. */
export class GroupCommit {
  private readonly waiting: PendingWrite[] = [];
  private running = false;
  private pending = { records: 0, space: 0 };

  constructor(
    private readonly database: Pick<OutboxDatabase, 'write'>,
    private readonly room: Pick<FileRoom, 'ensure'>,
  ) {}

  /** Writes that did not end yet. */
  get underWay(): Readonly<{ records: number; space: number }> {
    return this.pending;
  }

  /**
   * Resolves when what `put` writes is on disk.
   *
   * @param space bytes on disk that it will about take
   * @throws SallyportError `unavailable` when that took too long: it may still come to be on disk; else what LMDB or
   *   the room throws
   */
  async write(space: number, put: () => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(tooSlow()), LONGEST_WAIT_MS);
    this.waiting.push({ space, put, resolve, reject });
    this.pending = { records: this.pending.records + 1, space: this.pending.space + space };
    if (!this.running) void this.run();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.pending = { records: this.pending.records - 1, space: this.pending.space - space };
    }
  }

  private async run(): Promise<void> {
    this.running = true;
    // Writes of the same turn of the event loop go together.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.commit(this.nextGroup());
    this.running = false;
  }

  private nextGroup(): PendingWrite[] {
    let space = 0;
    const end = this.waiting.findIndex((write, index) => {
      space += write.space;
      return index > 0 && space > MAX_GROUP_BYTES;
    });
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end);
  }

  private async commit(group: readonly PendingWrite[]): Promise<void> {
    try {
      await this.room.ensure(group.reduce((sum, { space }) => sum + space, 0));
      await this.database.write(() => {
        for (const { put } of group) put();
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function tooSlow(): SallyportError {
  return new SallyportError('unavailable', 'The log outbox did not answer in time', { retryable: true });
}
