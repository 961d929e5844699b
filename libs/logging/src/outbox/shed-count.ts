import { ulid } from 'ulid';
import type { OutboxDatabase } from '../disk/outbox-database';
import { VersionedCell } from '../disk/versioned-cell';

interface ShedTotal {
  readonly total: number;
  /** The write that made it so. */
  readonly by: string;
}

/** How many records were given up, by all processes that share the outbox. */
export class ShedCount {
  private readonly cell: VersionedCell<ShedTotal>;
  /** Given up by this process and not written down yet. */
  private unwritten = 0;
  private writing: { readonly by: string; readonly records: number } | undefined;
  private flushing: Promise<void> | undefined;

  constructor(private readonly database: OutboxDatabase) {
    this.cell = new VersionedCell(database, 'shed', { total: 0, by: '' });
  }

  get total(): number {
    const { total, by } = this.cell.read().value;
    // Between the commit and the word of it the same records would be counted twice.
    const twice = by === this.writing?.by ? this.writing.records : 0;
    return total + this.unwritten - twice;
  }

  /** Counts one record, on disk when it resolves; on a disk that takes nothing it is counted in memory until later. */
  add(): Promise<void> {
    this.unwritten += 1;
    return this.flush();
  }

  /** Tries to write down what is not. Never rejects. */
  flush(): Promise<void> {
    return (this.flushing ??= this.writeDown());
  }

  private async writeDown(): Promise<void> {
    // The end must come after the promise of it was kept.
    await Promise.resolve();
    try {
      while (this.unwritten > 0) await this.writeOnce();
    } catch {
      // The same disk that has no room for the record; whoever sheds the next one tries again.
    } finally {
      this.writing = undefined;
      this.flushing = undefined;
    }
  }

  private async writeOnce(): Promise<void> {
    const records = this.unwritten;
    const by = ulid();
    this.writing = { by, records };
    this.database.refresh();
    const { value, version } = this.cell.read();
    if (await this.cell.replace(version, { total: value.total + records, by })) this.unwritten -= records;
    this.writing = undefined;
  }
}
