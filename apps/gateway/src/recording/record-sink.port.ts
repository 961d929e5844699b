import type { StandardLoggingPayload } from '@sallyport/usage';

/** Where records go. */
export interface RecordSink {
  /** Resolves once the record is on disk; from then on it is somebody else's task to bring it to the file server. */
  append(record: StandardLoggingPayload): Promise<void>;
  /** Hands on what is left for at most `flushLimitMs`; the rest waits on disk for the next start. */
  close(flushLimitMs: number): Promise<void>;
}
