/** What is remembered of an accepted record after it has left the outbox, so that its place can be checked. */
export interface LedgerEntry {
  readonly callId: string;
  /** File name without `.json` that the record asks for. */
  readonly name: string;
  /** Digest of its text, in hexadecimal. */
  readonly sha256: string;
  /** Whether it is still in the outbox. */
  readonly waiting: boolean;
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Asks for the next page; null at the end. */
  readonly next: string | null;
  /** False when records of that day are forgotten already. */
  readonly complete: boolean;
}
