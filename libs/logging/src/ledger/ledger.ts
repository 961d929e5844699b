import type { OutboxSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { OutboxDatabase } from '../disk/outbox-database';
import { VersionedCell } from '../disk/versioned-cell';
import type { LogEntry } from '../entry/log-entry';
import type { LedgerEntry, LedgerPage } from './ledger-entry';

/** Which part of a day to read. */
export interface LedgerQuery {
  /** `next` of the page before; nothing for the first page. */
  readonly after?: string | undefined;
  /** Most entries to return, 1 to 1,000. */
  readonly limit: number;
}

/** Call id, name and digest. */
type LedgerLine = readonly [string, string, string];

const MAX_PAGE = 1_000;
/** Lines removed in one commit, which others wait for. */
const PRUNE_STEP = 500;
const DAY_MS = 86_400_000;

/** Remembers for some days which records were accepted, by the day of their call. A line takes some 200 bytes. */
export class Ledger {
  /** The latest day of which anything was forgotten. */
  private readonly forgotten: VersionedCell<string>;

  constructor(
    private readonly database: OutboxDatabase,
    private readonly settings: Pick<OutboxSettings, 'ledgerDays' | 'ledgerMaxRecords'>,
  ) {
    this.forgotten = new VersionedCell(database, 'ledger-forgotten', '');
  }

  get isKept(): boolean {
    return this.settings.ledgerDays > 0;
  }

  /** Part of the write that appends the record. */
  put(recordKey: string, { date, callId, name }: LogEntry, sha256: string): void {
    const line: LedgerLine = [callId, name, sha256];
    void this.database.ledger.put(`${date}/${recordKey}`, line);
  }

  /**
   * Before a record is appended that is not to be remembered: says that its day is not whole, and so none before it.
   */
  async leaveOut({ date }: LogEntry): Promise<void> {
    for (;;) {
      this.database.refresh();
      const { value, version } = this.forgotten.read();
      if (date <= value || (await this.forgotten.replace(version, date))) return;
    }
  }

  /**
   * Records of a day in the order in which they were accepted.
   *
   * @param date `YYYY-MM-DD`
   * @throws SallyportError `invalid_request` for a day, a position or a number that is none
   */
  page(date: string, { after, limit }: LedgerQuery): LedgerPage {
    refuseWrong(date, after, limit);
    this.database.refresh();
    const entries: LedgerEntry[] = [];
    const complete = this.isKept && date > this.forgotten.read().value;
    const range = { start: `${date}/${after ?? ''}`, exclusiveStart: true, end: `${date}0`, limit: limit + 1 };
    let last: string | null = null;
    for (const { key, value } of this.database.ledger.getRange(range)) {
      if (entries.length === limit) return { entries, next: last, complete };
      last = key.slice(date.length + 1);
      entries.push(this.entryOf(last, value as LedgerLine));
    }
    return { entries, next: null, complete };
  }

  /**
   * Removes what is older than it need be kept, or more than may be, a little at a time.
   *
   * @param isStopped asked before each step
   */
  async prune(isStopped: () => boolean): Promise<void> {
    const firstKept = new Date(Date.now() - this.settings.ledgerDays * DAY_MS).toISOString().slice(0, 10);
    while (!isStopped()) {
      this.database.refresh();
      const { ledger } = this.database;
      const surplus = this.database.ledgerLines() - this.settings.ledgerMaxRecords;
      const old =
        surplus > 0
          ? [...ledger.getKeys({ limit: Math.min(surplus, PRUNE_STEP) })]
          : [...ledger.getKeys({ end: firstKept, limit: PRUNE_STEP })];
      const newest = old.at(-1);
      if (newest === undefined) return;
      await this.forget(old, newest.slice(0, firstKept.length));
    }
  }

  /** When another process forgets at the same time, one of them begins again. */
  private async forget(keys: readonly string[], day: string): Promise<void> {
    const { value, version } = this.forgotten.read();
    await this.forgotten.replace(version, day > value ? day : value, () => {
      for (const key of keys) void this.database.ledger.remove(key);
    });
  }

  private entryOf(recordKey: string, [callId, name, sha256]: LedgerLine): LedgerEntry {
    const waiting = this.database.records.doesExist(recordKey);
    return { callId, name, sha256, waiting };
  }
}

function refuseWrong(date: string, after: string | undefined, limit: number): void {
  const refuse = (param: string, what: string): never => {
    throw new SallyportError('invalid_request', `${param} must be ${what}`, { param });
  };
  if (!isDay(date)) refuse('date', 'a day as YYYY-MM-DD');
  if (after !== undefined && !/^[0-9A-Z]{26}\.\d{1,15}$/.test(after)) refuse('after', 'the next of the page before');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) refuse('limit', 'a whole number from 1 to 1000');
}

/** Also false for days that no month has. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
