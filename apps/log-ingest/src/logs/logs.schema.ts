import { z } from 'zod';

const MAX_PAGE = 100;
const MAX_REPLAY = 10_000;

/** Which part of a list is asked for. */
export const pageSchema = z.object({
  start: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
});

export type PageQuery = z.infer<typeof pageSchema>;

/** What is tried again; by default what the queues hold. */
export const replaySchema = z
  .strictObject({
    /** Most dead letters, and most batches that were set aside. */
    limit: z.number().int().min(1).max(MAX_REPLAY).default(1_000),
    /** Day on which dead letters were filed, to take them from their file; for when the queue was lost. */
    file: z.iso.date().optional(),
    /** How many dead letters of that file are passed over. */
    start: z.number().int().min(0).default(0),
  })
  .default({ limit: 1_000, start: 0 })
  .meta({ example: { limit: 1000 } });

export type ReplayRequest = z.infer<typeof replaySchema>;

/** A record, without its content. */
export interface NamedRecord {
  readonly call_id: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

export type BatchState = 'active' | 'waiting' | 'delayed' | 'failed';

export interface QueuedBatch {
  readonly id: string;
  readonly state: BatchState;
  /** Why it was set aside, or null. */
  readonly reason: string | null;
  readonly records: readonly NamedRecord[];
}

export interface QueuedPage {
  readonly counts: Readonly<Record<BatchState, number>>;
  readonly batches: readonly QueuedBatch[];
  /** `start` of the next page; null at the end. */
  readonly next: number | null;
}

export interface ListedDeadLetter extends NamedRecord {
  readonly id: string;
  readonly reason: string;
  /** When it was given up, ISO 8601. */
  readonly at: string;
}

export interface DeadLetterPage {
  readonly total: number;
  readonly dead_letters: readonly ListedDeadLetter[];
  /** `start` of the next page; null at the end. */
  readonly next: number | null;
}

export interface ReplayAnswer {
  /** Dead letters that went back to the queue. */
  readonly replayed: number;
  /** Batches that were set aside and went back to the queue. */
  readonly retried_batches: number;
  /** Dead letters that the queue holds now, those that were given up again included. */
  readonly dead_letters: number;
  /** `start` of the next part of the file; null at its end, and when no file was asked for. */
  readonly next: number | null;
}
