import type { RecordTally } from '@sallyport/stores';

/** One record on its way to its place, already serialised: nobody after the outbox parses it again. */
export interface LogEntry {
  readonly callId: string;
  /** Day of the call's start in UTC, `YYYY-MM-DD`: the folder of its file. */
  readonly date: string;
  /** File name without `.json`; see {@link safeName}. */
  readonly name: string;
  /** The record as the text of a JSON object. */
  readonly json: string;
  /**
   * Whether its place keeps it apart even where it keeps a batch as one: it may have been brought there before the
   * batch, and is then found under the same name.
   */
  readonly apart?: true;
}

/** A record that was too large for the queue and is in its place already. */
export interface StoredEntry {
  readonly callId: string;
  readonly date: string;
  readonly name: string;
  readonly stored: {
    readonly path: string;
    readonly bytes: number;
    /** Of the record's text, in hexadecimal. */
    readonly sha256: string;
  };
}

/** Why a record was given up, and when. */
export interface GivingUp {
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
}

/** An entry of a batch that stays given up, whatever its place would say at the next try. */
export type BatchEntry = (LogEntry | StoredEntry) & { readonly givenUp?: GivingUp };

/** What one job of the queue carries. */
export interface LogBatch {
  /** What is still to be done. */
  readonly entries: readonly BatchEntry[];
  /** What earlier tries have done; undefined before the first one. */
  readonly done?: RecordTally;
}

/** A record that its place will never take, and why. */
export interface DeadLetter extends GivingUp {
  readonly entry: LogEntry | StoredEntry;
}

/** Name of the queue that keeps dead letters, beside the queue of the batches. */
export function deadLetterQueueName(queueName: string): string {
  return `${queueName}-dead-letters`;
}
