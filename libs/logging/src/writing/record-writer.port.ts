import type { LogEntry } from '../entry/log-entry';

/** What became of a record: written now, found there already, or written under a second name beside another record. */
export type WriteOutcome = 'written' | 'present' | 'written_beside';

/** The place where records stay. */
export interface RecordWriter {
  /**
   * Writes a record; again for the same record does no harm.
   *
   * @throws SallyportError retryable when the place cannot take anything now, not retryable when it will never take
   *   this record
   */
  write(entry: LogEntry): Promise<WriteOutcome>;
}
