import { SallyportError } from '@sallyport/dialects';
import type { LogEntry } from '../entry/log-entry';
import type { OutboxDatabase } from '../outbox/outbox-database';
import type { LedgerEntry, LedgerPage } from './ledger-entry';

/** Which part of a day to read. */
export interface LedgerQuery {
  /** `next` of the page before; nothing for the first page. */
  readonly after?: string | undefined;
  /** Most entries to return; more than 1,000 count as 1,000. */
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
  /** @param days how long, after the day of the call; 0 keeps nothing */
  constructor(
    private readonly database: OutboxDatabase,
    private readonly days: number,
  ) {}

  get isKept(): boolean {
    return this.days > 0;
  }

  /** Part of the write that appends the record. */
  put(recordKey: string, { date, callId, name }: LogEntry, sha256: string): void {
    const line: LedgerLine = [callId, name, sha256];
    void this.database.ledger.put(`${date}/${recordKey}`, line);
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
    const size = Math.min(limit, MAX_PAGE);
    const range = { start: `${date}/${after ?? ''}`, exclusiveStart: true, end: `${date}0`, limit: size + 1 };
    let last: string | null = null;
    for (const { key, value } of this.database.ledger.getRange(range)) {
      if (entries.length === size) return { entries, next: last };
      last = key.slice(date.length + 1);
      entries.push(this.entryOf(last, value as LedgerLine));
    }
    return { entries, next: null };
  }

  /** Removes what is older than it need be kept, a little at a time. */
  async prune(now = Date.now()): Promise<void> {
    const firstKept = new Date(now - this.days * DAY_MS).toISOString().slice(0, 10);
    const { ledger } = this.database;
    for (;;) {
      this.database.refresh();
      const old = [...ledger.getKeys({ end: firstKept, limit: PRUNE_STEP })];
      if (old.length === 0) return;
      await this.database.write(() => {
        for (const key of old) void ledger.remove(key);
      });
    }
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
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) refuse('date', 'a day as YYYY-MM-DD');
  if (after !== undefined && !/^[0-9A-Z]{26}\.\d{1,15}$/.test(after)) refuse('after', 'the next of the page before');
  if (!Number.isInteger(limit) || limit < 1) refuse('limit', 'a number from 1 to 1000');
}
