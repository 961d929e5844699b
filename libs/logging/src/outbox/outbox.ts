import type { LogBatchSettings, OutboxSettings } from '@sallyport/config';
import type { SallyportError } from '@sallyport/dialects';
import type { Logger } from '@sallyport/telemetry';
import { monotonicFactory } from 'ulid';
import { FileRoom } from '../disk/file-room';
import { GroupCommit } from '../disk/group-commit';
import { OutboxDatabase } from '../disk/outbox-database';
import { spaceOf, SpaceBudget } from '../disk/space-budget';
import { storageError } from '../disk/storage-error';
import type { LogEntry } from '../entry/log-entry';
import { digestOf } from '../entry/record-digest';
import { Ledger } from '../ledger/ledger';
import { OpenBatch, type OutboxBatch } from './open-batch';
import { Outage } from './outage';
import { decodeRecord, encodeRecord } from './record-bytes';
import { appendedAt, recordKey } from './record-key';
import { ShedCount } from './shed-count';

/** Totals since the outbox was made, of all processes that share it. */
export interface OutboxCounts {
  /** Records that were taken: always `queued + shed` and those in the outbox. */
  readonly accepted: number;
  /** Records that the queue has. */
  readonly queued: number;
  /** Records that were given up because there was no room. */
  readonly shed: number;
}

export interface OutboxDepth {
  readonly records: number;
  /** Space that they take on disk. */
  readonly bytes: number;
  /** Age of the oldest record in milliseconds; 0 when there is none. */
  readonly oldestAgeMs: number;
}

const TIDY_EVERY_MS = 30_000;
/** A record of an everyday call has room in this. */
const USUAL_RECORD_BYTES = 4096;

/**
 * Records on local disk that the queue does not have yet, in the order in which they came. LMDB commits to disk before
 * {@link Outbox.append} resolves, and its file may be open in several processes: they append side by side, and one of
 * them at a time ships what is there, its own records and those that a killed process left.
 *
 * The file grows to the most that it ever held and some MiB, and is not made smaller: what leaves makes room for what
 * comes.
 */
export class Outbox {
  // The default source of chance asks the operating system for each character, which costs more than the append.
  private readonly nextId = monotonicFactory(Math.random);
  private readonly budget: SpaceBudget;
  private readonly room: FileRoom;
  private readonly commits: GroupCommit;
  private readonly batches: OpenBatch;
  private readonly shed: ShedCount;
  private readonly outage: Outage;
  private readonly tidyTimer: NodeJS.Timeout;
  private tidying: Promise<void>;
  private readonly appending = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;
  /** The days of the records that were accepted. */
  readonly ledger: Ledger;

  private constructor(
    private readonly database: OutboxDatabase,
    private readonly settings: OutboxSettings,
    private readonly logger: Logger,
  ) {
    this.budget = new SpaceBudget(database, settings);
    this.room = new FileRoom(database);
    this.commits = new GroupCommit(database, this.room);
    this.batches = new OpenBatch(database);
    this.shed = new ShedCount(database);
    this.outage = new Outage(logger, settings.onFull);
    this.ledger = new Ledger(database, settings);
    this.tidying = this.tidy();
    this.tidyTimer = setInterval(() => {
      this.tidying = this.tidying.then(() => this.tidy());
    }, TIDY_EVERY_MS).unref();
  }

  /**
   * @param dir folder of its own, created when missing; it may be open elsewhere, in this process too
   * @throws SallyportError that names DATA_DIR when the folder cannot be used
   */
  static open(dir: string, settings: OutboxSettings, logger: Logger): Outbox {
    return new Outbox(OutboxDatabase.open(dir), settings, logger);
  }

  /**
   * Resolves once the record is on disk, or was given up and counted as that.
   *
   * @throws SallyportError `storage_full`, when records are not given up, or `unavailable`; both retryable
   */
  append(entry: LogEntry): Promise<void> {
    const appending = this.take(entry).finally(() => this.appending.delete(appending));
    this.appending.add(appending);
    return appending;
  }

  /**
   * For who would rather not begin what could not be recorded; when there is room now, there may be none later.
   *
   * @throws SallyportError `storage_full` when not even a small record would be taken, and records are not given up
   */
  requireRoom(): void {
    if (this.settings.onFull !== 'block') return;
    this.budget.require(spaceOf(USUAL_RECORD_BYTES), this.commits.underWay);
    this.room.requireRoom();
  }

  /**
   * The next batch to ship: the one under way, if it is ours or its holder is gone, else a new one of the oldest
   * records. It stays the next one, over restarts too, until {@link Outbox.complete} or {@link Outbox.postpone}.
   *
   * @returns undefined when there is nothing to ship, when a new batch is not due by any of `limits`, or when another
   *   process ships
   */
  claim(limits: LogBatchSettings): Promise<OutboxBatch | undefined> {
    return this.batches.claim(limits);
  }

  /** A record of a batch; undefined when the batch was completed meanwhile, by another process. */
  read(key: string): LogEntry | undefined {
    const bytes = this.database.records.get(key);
    return bytes && decodeRecord(bytes);
  }

  /**
   * Removes the records of a batch that the queue has accepted.
   *
   * @returns how many: 0 when another process did so meanwhile
   */
  complete(id: string): Promise<number> {
    return this.batches.complete(id);
  }

  /**
   * Lets the batches behind one go first whose place takes nothing now. Half a minute later it is the next one again,
   * the same as before; until then records that only their place can take wait with it.
   */
  postpone(id: string): Promise<void> {
    return this.batches.postpone(id);
  }

  counts(): OutboxCounts {
    this.database.refresh();
    const { queued } = this.batches;
    const shed = this.shed.total;
    // Not a number of its own, which a crash could leave behind: what was taken is what is here or left by a count.
    return { accepted: queued + shed + this.database.recordUse().records, queued, shed };
  }

  depth(): OutboxDepth {
    this.database.refresh();
    const [oldest] = this.database.records.getKeys({ limit: 1 });
    const oldestAgeMs = oldest === undefined ? 0 : Math.max(0, Date.now() - appendedAt(oldest));
    return { ...this.database.recordUse(), oldestAgeMs };
  }

  /** Size of its file. */
  fileBytes(): number {
    return this.database.fileBytes();
  }

  /** Waits for appends under way and lets other processes ship what is left. */
  close(): Promise<void> {
    return (this.closing ??= this.closeOnce());
  }

  private async closeOnce(): Promise<void> {
    clearInterval(this.tidyTimer);
    await this.tidying;
    await Promise.allSettled(this.appending);
    await this.shed.flush();
    await this.batches.release().catch((error: Error) => this.noteProblem(error));
    await this.database.close();
  }

  private async take(entry: LogEntry): Promise<void> {
    try {
      await this.store(entry);
    } catch (error) {
      const refusal = await storageError(error);
      if (refusal.code !== 'storage_full') throw refusal;
      await this.refuse(refusal);
      return;
    }
    this.outage.noteAccepted();
  }

  private async store(entry: LogEntry): Promise<void> {
    const bytes = Buffer.byteLength(entry.json);
    const space = spaceOf(bytes);
    this.budget.admit(space, this.commits.underWay);
    const digest = this.ledger.isKept ? digestOf(entry.json) : undefined;
    const sha256 = typeof digest === 'object' ? await digest : digest;
    if (sha256 === undefined) await this.ledger.leaveOut(entry);
    const key = recordKey(this.nextId(), bytes);
    const value = encodeRecord(entry);
    await this.commits.write(space, () => {
      void this.database.records.put(key, value);
      if (sha256 !== undefined) this.ledger.put(key, entry, sha256);
    });
  }

  private async refuse(refusal: SallyportError): Promise<void> {
    this.outage.noteRefused(refusal.message);
    if (this.settings.onFull === 'block') throw refusal;
    await this.shed.add();
  }

  private async tidy(): Promise<void> {
    this.database.dropDeadReaders();
    await this.shed.flush();
    await this.ledger.prune(() => this.closing !== undefined).catch((error: Error) => this.noteProblem(error));
  }

  private noteProblem(error: Error): void {
    this.logger.warn({ reason: error.message }, 'log outbox');
  }
}
