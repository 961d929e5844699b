import { fstatSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { open, type Database, type RootDatabase } from 'lmdb';
import type { LogEntry } from '../entry/log-entry';

/** How much of the file is in use; all in pages. */
export interface PageCounts {
  /** Bytes of a page. */
  readonly size: number;
  /** In the file up to the last one that was ever used. */
  readonly reached: number;
  /** Hold something. */
  readonly used: number;
}

interface LmdbTree {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface LmdbStats extends LmdbTree {
  readonly pageSize: number;
  readonly entryCount: number;
  readonly lastPageNumber: number;
  readonly root: LmdbTree;
  readonly free: LmdbTree;
}

/**
 * The tables of an outbox: one LMDB file that several processes of a machine may have open. Processes in different
 * containers must not share it, as LMDB tells its users apart by process number.
 */
export class OutboxDatabase {
  private constructor(
    private readonly root: RootDatabase<unknown, string>,
    readonly records: Database<LogEntry, string>,
    readonly ledger: Database<unknown, string>,
    /** Small values that are replaced only when their version is the one that was read. */
    readonly cells: Database<unknown, string>,
    /** The file of the data, to look at and to lengthen. */
    readonly fileDescriptor: number,
  ) {}

  /**
   * @param dir folder of its own, created when missing; it may be open elsewhere, in this process too
   * @throws SallyportError that names DATA_DIR when the folder cannot be used
   */
  static open(dir: string): OutboxDatabase {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const root = open<unknown, string>({
        path: dir,
        noSubdir: false,
        maxDbs: 3,
        // By default LMDB here reports a commit before it reached the disk.
        overlappingSync: false,
        // With it a commit that fails also fails a promise that nobody can catch, and ends the process.
        eventTurnBatching: false,
      });
      const fileDescriptor = openSync(join(dir, 'data.mdb'), 'r+');
      refuseTruncated(root, fileDescriptor);
      const records = root.openDB<LogEntry, string>('records', {});
      const cells = root.openDB<unknown, string>('cells', { useVersions: true });
      return new OutboxDatabase(root, records, root.openDB('ledger', {}), cells, fileDescriptor);
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new SallyportError('internal', `DATA_DIR: ${dir} cannot be opened as a log outbox: ${reason}`, { cause });
    }
  }

  /** Makes all writes of `action` together, or none of them. Resolves when they are on disk. */
  async write(action: () => void): Promise<void> {
    await this.root.batch(action);
  }

  /** Runs `action` while no process writes. */
  exclusively<T>(action: () => T): Promise<T> {
    return this.root.transaction(action);
  }

  /** Lets the reads that follow see what other processes have written. */
  refresh(): void {
    this.root.resetReadTxn();
  }

  /** Number of records and the space they take, in bytes. */
  recordUse(): { records: number; bytes: number } {
    const stats = this.records.getStats() as LmdbStats;
    return { records: stats.entryCount, bytes: pagesOf(stats) * stats.pageSize };
  }

  pages(): PageCounts {
    const stats = this.records.getStats() as LmdbStats;
    const others = [this.ledger, this.cells].map((table) => pagesOf(table.getStats() as LmdbStats));
    const trees = [stats, stats.root, stats.free].map(pagesOf);
    const used = [...trees, ...others].reduce((sum, pages) => sum + pages, 0);
    return { size: stats.pageSize, reached: stats.lastPageNumber + 1, used };
  }

  /** Forgets the readers of killed processes, which would keep old pages from being used again. */
  dropDeadReaders(): void {
    this.root.readerCheck();
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}

function pagesOf({ treeBranchPageCount, treeLeafPageCount, overflowPages }: LmdbTree): number {
  return treeBranchPageCount + treeLeafPageCount + overflowPages;
}

/** LMDB maps the file into memory; reading past its end would end the process. */
function refuseTruncated(root: RootDatabase<unknown, string>, fileDescriptor: number): void {
  const { pageSize, lastPageNumber } = root.getStats() as LmdbStats;
  if (fstatSync(fileDescriptor).size < (lastPageNumber + 1) * pageSize) throw new Error('data.mdb is cut off');
}
