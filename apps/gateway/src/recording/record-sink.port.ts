import type { LedgerPage } from '@sallyport/logging';
import type { StandardLoggingPayload } from '@sallyport/usage';

/** Where records go. */
export interface RecordSink {
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
  ledger(date: string, page: LedgerQuery): LedgerPage | Promise<LedgerPage>;
  /** Hands on what is left for at most `flushLimitMs`; the rest waits on disk for the next start. */
  close(flushLimitMs: number): Promise<void>;
}

/** Which page of a ledger. */
export interface LedgerQuery {
  /** `next` of the page before; undefined: the first page. */
  readonly after: string | undefined;
  /** Most entries of a page. */
  readonly limit: number;
}

/** Provider token of the app's {@link RecordSink}. */
export const RECORD_SINK = Symbol('RECORD_SINK');
