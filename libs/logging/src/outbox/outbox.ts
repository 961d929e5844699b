import { mkdirSync } from 'node:fs';
import type { LogBatchSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { isAlive, thisProcess, type ProcessIdentity } from '@sallyport/stores';
import { open, type Database, type RootDatabase } from 'lmdb';
import { decodeTime, monotonicFactory } from 'ulid';
import type { LogEntry } from '../entry/log-entry';

/** Records that go to the queue as one job. The same batch always has the same id and the same records. */
export interface OutboxBatch {
  /** `b-` and a ULID: BullMQ refuses ids that are numbers or hold a colon. */
  readonly id: string;
  readonly entries: readonly LogEntry[];
}

export interface OutboxDepth {
  readonly records: number;
  /** Age of the oldest record in milliseconds; 0 when there is none. */
  readonly oldestAgeMs: number;
}

/** The batch under way, on disk before its first attempt. Whoever holds it ships it; others wait. */
interface OpenBatch {
  readonly id: string;
  readonly keys: readonly string[];
  readonly holder: ProcessIdentity & { readonly instance: string };
  readonly heldUntil: number;
}

const OPEN_BATCH = 'open';

/** How long a batch stays with a holder that shows no sign of life; longer than any single attempt. */
const HOLD_MS = 30_000;

/**
 * Records on local disk that the queue does not have yet, in the order in which they came. LMDB commits to disk before
 * {@link Outbox.append} resolves, and its file may be open in several processes: they append side by side, and one of
 * them at a time ships what is there, its own records and those that a killed process left.
 */
export class Outbox {
  // The default source of chance asks the operating system for each character, which costs more than the append.
  private readonly nextKey = monotonicFactory(Math.random);
  private readonly holder = { ...thisProcess(), instance: this.nextKey() };
  private appended = 0;

  private constructor(
    private readonly root: RootDatabase<unknown, string>,
    private readonly records: Database<LogEntry, string>,
    private readonly batches: Database<OpenBatch, string>,
  ) {}

  /** @param dir folder of its own, created when missing; it may be open elsewhere, in this process too */
  static open(dir: string): Outbox {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // By default LMDB here reports a commit before it reached the disk.
    const root = open<unknown, string>({ path: dir, noSubdir: false, overlappingSync: false, maxDbs: 2 });
    return new Outbox(root, root.openDB('records', {}), root.openDB('batches', {}));
  }

  /** Records appended through this instance. */
  get accepted(): number {
    return this.appended;
  }

  /**
   * Resolves once the record is on disk.
   *
   * @throws SallyportError `storage_full` or `unavailable` (both retryable) when it is not
   */
  async append(entry: LogEntry): Promise<void> {
    try {
      await this.records.put(this.nextKey(), entry);
    } catch (error) {
      throw storageError(error);
    }
    this.appended += 1;
  }

  /**
   * The next batch to ship: the one under way, if it is ours or its holder is gone, else a new one of the oldest
   * records. It stays the next one, over restarts too, until {@link Outbox.complete}.
   *
   * @returns undefined when there is nothing to ship, when a new batch is not due by any of `limits`, or when another
   *   process ships
   */
  async claim(limits: LogBatchSettings): Promise<OutboxBatch | undefined> {
    // A look without the write lock, which all processes share, decides most calls. LMDB would show what it saw last.
    this.root.resetReadTxn();
    const open = this.batches.get(OPEN_BATCH);
    if (open === undefined ? this.dueKeys(limits).length === 0 : this.heldByAnother(open)) return undefined;
    const batch = await this.root.transaction(() => {
      const present = this.batches.get(OPEN_BATCH);
      if (present !== undefined && this.heldByAnother(present)) return undefined;
      const keys = present?.keys ?? this.dueKeys(limits);
      if (keys.length === 0) return undefined;
      const id = present?.id ?? `b-${this.nextKey()}`;
      const held: OpenBatch = { id, keys, holder: this.holder, heldUntil: Date.now() + HOLD_MS };
      void this.batches.put(OPEN_BATCH, held);
      return held;
    });
    return batch && { id: batch.id, entries: this.entriesOf(batch.keys) };
  }

  /**
   * Removes the records of a batch that the queue has accepted.
   *
   * @returns how many: 0 when another process did so meanwhile
   */
  complete(id: string): Promise<number> {
    return this.root.transaction(() => {
      const present = this.batches.get(OPEN_BATCH);
      if (present?.id !== id) return 0;
      for (const key of present.keys) void this.records.remove(key);
      void this.batches.remove(OPEN_BATCH);
      return present.keys.length;
    });
  }

  depth(): OutboxDepth {
    const { entryCount } = this.records.getStats() as { entryCount: number };
    const [oldest] = this.records.getKeys({ limit: 1 });
    return {
      records: entryCount,
      oldestAgeMs: oldest === undefined ? 0 : Math.max(0, Date.now() - decodeTime(oldest)),
    };
  }

  /** Waits for appends under way and lets other processes ship what is left. */
  async close(): Promise<void> {
    await this.root.transaction(() => {
      const present = this.batches.get(OPEN_BATCH);
      if (present?.holder.instance === this.holder.instance)
        void this.batches.put(OPEN_BATCH, { ...present, heldUntil: 0 });
    });
    await this.root.close();
  }

  private heldByAnother({ holder, heldUntil }: OpenBatch): boolean {
    return holder.instance !== this.holder.instance && heldUntil > Date.now() && isAlive(holder);
  }

  /** Keys of the oldest records, as many as make one batch; none when that batch is not due. */
  private dueKeys({ maxRecords, maxBytes, maxAgeMs }: LogBatchSettings): string[] {
    const keys: string[] = [];
    let bytes = 0;
    for (const { key, value } of this.records.getRange({ limit: maxRecords + 1 })) {
      // A record over the limit goes alone.
      if (keys.length === maxRecords || (keys.length > 0 && bytes + value.json.length > maxBytes)) return keys;
      keys.push(key);
      bytes += value.json.length;
    }
    const [oldest] = keys;
    const isDue = keys.length === maxRecords || bytes >= maxBytes;
    return oldest !== undefined && (isDue || Date.now() - decodeTime(oldest) >= maxAgeMs) ? keys : [];
  }

  private entriesOf(keys: readonly string[]): LogEntry[] {
    return keys.map((key) => this.records.get(key)).filter((entry) => entry !== undefined);
  }
}

function storageError(cause: unknown): SallyportError {
  const { message, commitError } = cause as { message?: string; commitError?: Error };
  const text = `${message ?? ''} ${commitError?.message ?? ''}`;
  return /no space|ENOSPC|MDB_MAP_FULL|quota/i.test(text)
    ? new SallyportError('storage_full', 'The disk of the log outbox is full', { retryable: true, cause })
    : new SallyportError('unavailable', 'The log outbox cannot be written', { retryable: true, cause });
}
