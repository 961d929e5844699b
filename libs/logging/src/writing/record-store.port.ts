import type { SallyportError } from '@sallyport/dialects';
import type { LogEntry, StoredEntry } from '../entry/log-entry';

/**
 * What became of a record: `written` now, `present` already with the same content, or `written_beside` another record
 * under a second name. The path is where it is.
 */
export interface WrittenRecord {
  readonly outcome: 'written' | 'present' | 'written_beside';
  readonly path: string;
}

/** A record that could not be written: the error is retryable when the place takes nothing now, else for good. */
export interface RefusedRecord {
  readonly outcome: 'refused';
  readonly error: SallyportError;
}

export type WriteResult = WrittenRecord | RefusedRecord;

/** A record that is in its place. */
export interface FoundRecord {
  readonly path: string;
  /** File name without `.json`: the name of its entry, or with the call id behind it, `{name}.{call id}`. */
  readonly name: string;
  /** Digest of its text in hexadecimal, read when it is asked for. */
  sha256(): Promise<string>;
}

/** The place where records stay: `{prefix}{YYYY-MM-DD}/{name}.json`, or `{name}.{call id}.json` where that is taken. */
export interface RecordStore {
  /**
   * Finds out at the start whether the place can be used as it is configured.
   *
   * @throws SallyportError that tells an operator what is wrong; retryable when the place is only away
   */
  check(): Promise<void>;
  /**
   * Writes the records of a batch; again for the same batch does no harm.
   *
   * @param batchId the same whenever the same records are tried together for the first time
   * @returns one result for each entry, in their order
   */
  write(batchId: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]>;
  /**
   * Whether a record that was stored directly is there, unchanged in size.
   *
   * @throws SallyportError retryable when that cannot be told now
   */
  holds(entry: StoredEntry): Promise<boolean>;
  /**
   * All records of a day.
   *
   * @param date `YYYY-MM-DD`
   * @throws SallyportError retryable when they cannot be listed now
   */
  list(date: string): AsyncIterable<FoundRecord>;
  close(): Promise<void>;
}
