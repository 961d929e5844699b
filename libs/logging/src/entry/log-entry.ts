/** One record on its way to the file server, already serialised: nobody after the outbox parses it again. */
export interface LogEntry {
  readonly callId: string;
  /** Day of the call's start in UTC, `YYYY-MM-DD`: the folder of its file. */
  readonly date: string;
  /** File name without `.json`; see {@link safeName}. */
  readonly name: string;
  /** The record as the text of a JSON object. */
  readonly json: string;
}

/** What one job of the queue carries. */
export interface LogBatch {
  readonly entries: readonly LogEntry[];
}

/** A record that the file server will never take, and why. */
export interface DeadLetter {
  readonly entry: LogEntry;
  readonly reason: string;
  /** When it was given up, ISO 8601. */
  readonly at: string;
}

/** Name of the queue that keeps dead letters, beside the queue of the batches. */
export function deadLetterQueueName(queueName: string): string {
  return `${queueName}-dead-letters`;
}
