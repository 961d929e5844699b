import type { LedgerPage, LedgerQuery } from '@sallyport/logging';
import type { StandardLoggingPayload } from '@sallyport/usage';

/** Where records go. */
export interface RecordSink {
  /** @throws SallyportError `storage_full` when no record can be kept now, so that no call should begin */
  requireRoom(): void;
  /**
   * Resolves once the record is on disk; from then on it is somebody else's task to bring it to the file server.
   *
   * @throws SallyportError `storage_full` or `unavailable` when it cannot be kept
   */
  append(record: StandardLoggingPayload): Promise<void>;
  /**
   * What was accepted for a day, in pages.
   *
   * @param date `YYYY-MM-DD`
   */
  ledger(date: string, query: LedgerQuery): LedgerPage | Promise<LedgerPage>;
  /** Hands on what is left for at most `flushLimitMs`; the rest waits on disk for the next start. */
  close(flushLimitMs: number): Promise<void>;
}

/** Provider token of the app's {@link RecordSink}. */
export const RECORD_SINK = Symbol('RECORD_SINK');
