import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { open, type Database, type RootDatabase } from 'lmdb';

const DATA_FILE = 'data.mdb';
/** Where LMDB's first page tells what it is, and what it says: `mdb.c`, `MDB_meta`, behind the header of the page. */
const MAGIC_AT = 24;
const MAGIC = 0xbeefc0de;
const FORMAT = 2;

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
    /** See `encodeRecord`. */
    readonly records: Database<Buffer, string>,
    readonly ledger: Database<unknown, string>,
    /** Small values that are replaced only when their version is the one that was read. */
    readonly cells: Database<unknown, string>,
    /** The file of the data. */
    readonly fileDescriptor: number,
  ) {}

  /**
   * @param dir folder of its own, created when missing; it may be open elsewhere, in this process too
   * @throws SallyportError that names DATA_DIR when the folder cannot be used
   */
  static open(dir: string): OutboxDatabase {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      refuseForeign(join(dir, DATA_FILE));
      const root = open<unknown, string>({
        path: dir,
        noSubdir: false,
        maxDbs: 3,
        // By default LMDB here reports a commit before it reached the disk.
        overlappingSync: false,
        // With it a commit that fails also fails a promise that nobody can catch, and ends the process.
        eventTurnBatching: false,
      });
      const fileDescriptor = openSync(join(dir, DATA_FILE), 'r+');
      refuseTruncated(root, fileDescriptor);
      const records = root.openDB<Buffer, string>('records', { encoding: 'binary' });
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

  ledgerLines(): number {
    return (this.ledger.getStats() as LmdbStats).entryCount;
  }

  fileBytes(): number {
    return fstatSync(this.fileDescriptor).size;
  }

  /** Bytes of the file up to the last page that was ever used. */
  reachedBytes(): number {
    const { lastPageNumber, pageSize } = this.records.getStats() as LmdbStats;
    return (lastPageNumber + 1) * pageSize;
  }

  /** Bytes of all pages that hold something. */
  usedBytes(): number {
    const stats = this.records.getStats() as LmdbStats;
    const others = [this.ledger, this.cells].map((table) => table.getStats() as LmdbStats);
    const pages = [stats, stats.root, stats.free, ...others].map(pagesOf).reduce((sum, count) => sum + count, 0);
    return pages * stats.pageSize;
  }

  /** Forgets the readers of killed processes, which would keep old pages from being used again. */
  dropDeadReaders(): void {
    this.root.readerCheck();
  }

  async close(): Promise<void> {
    await this.root.close();
    closeSync(this.fileDescriptor);
  }
}

function pagesOf({ treeBranchPageCount, treeLeafPageCount, overflowPages }: LmdbTree): number {
  return treeBranchPageCount + treeLeafPageCount + overflowPages;
}

/** LMDB ends the process over a file that is not its own. */
function refuseForeign(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const fileDescriptor = openSync(path, 'r');
  try {
    const head = new DataView(new ArrayBuffer(MAGIC_AT + 8));
    readSync(fileDescriptor, head, 0, head.byteLength, 0);
    const isLittleEndian = endianness() === 'LE';
    const isOurs =
      head.getUint32(MAGIC_AT, isLittleEndian) === MAGIC && head.getUint32(MAGIC_AT + 4, isLittleEndian) === FORMAT;
    if (!isOurs) throw new Error(`${DATA_FILE} holds something else`);
  } finally {
    closeSync(fileDescriptor);
  }
}

/** LMDB maps the file into memory; reading past its end would end the process. */
function refuseTruncated(root: RootDatabase<unknown, string>, fileDescriptor: number): void {
  const { pageSize, lastPageNumber } = root.getStats() as LmdbStats;
  if (fstatSync(fileDescriptor).size < (lastPageNumber + 1) * pageSize) throw new Error(`${DATA_FILE} is cut off`);
}
