import { Inject, Injectable } from '@nestjs/common';
import type { DeadLetter, LogBatch } from '@sallyport/logging';
import type { JobQueue } from '@sallyport/stores';
import { LOG_INGEST } from '../ingest/log-ingest.token';
import type {
  BatchState,
  DeadLetterPage,
  ListedDeadLetter,
  NamedRecord,
  PageQuery,
  QueuedBatch,
  QueuedPage,
} from './logs.schema';

/** In the order in which a batch passes through them when all goes well. */
const STATES: readonly BatchState[] = ['waiting', 'active', 'delayed', 'failed'];

/** The queues that are listed. */
export interface ListedQueues {
  readonly queue: Pick<JobQueue<LogBatch>, 'counts' | 'list'>;
  readonly deadLetters: Pick<JobQueue<DeadLetter>, 'counts' | 'list'>;
}

/** Says which records wait and which were given up, never what is in them, of which it holds one job at a time. */
@Injectable()
export class LogsService {
  constructor(@Inject(LOG_INGEST) private readonly queues: ListedQueues) {}

  /**
   * A page of each state: batches `start` to `start + count`, the oldest first.
   *
   * @throws SallyportError `unavailable` (retryable) while the queue is away
   */
  async queued({ start, count }: PageQuery): Promise<QueuedPage> {
    const { queue } = this.queues;
    const { waiting, active, delayed, failed } = await queue.counts();
    const counts = { waiting, active, delayed, failed };
    const batches: QueuedBatch[] = [];
    // One state after the other, so that no batch that moves on meanwhile is passed over.
    for (const state of STATES) {
      if (start >= counts[state] && start > 0) continue;
      for await (const { id, data, failedReason } of queue.list(state, start, count)) {
        batches.push({ id, state, reason: failedReason ?? null, records: recordsOf(data) });
      }
    }
    const more = Object.values(counts).some((jobs) => jobs > start + count);
    return { counts, batches, next: more ? start + count : null };
  }

  /** @throws SallyportError `unavailable` (retryable) while the queue is away */
  async deadLetters({ start, count }: PageQuery): Promise<DeadLetterPage> {
    const { deadLetters } = this.queues;
    const { waiting: total } = await deadLetters.counts();
    const listed: ListedDeadLetter[] = [];
    for await (const { id, data } of deadLetters.list('waiting', start, count)) {
      const record = nameOf((data as Partial<DeadLetter> | null)?.entry);
      if (record !== undefined) listed.push({ id, ...record, reason: data.reason, at: data.at });
    }
    return { total, dead_letters: listed, next: total > start + count ? start + count : null };
  }
}

/** A job that holds no batch has no records; it is set aside by the worker. */
function recordsOf(batch: Partial<LogBatch> | null): readonly NamedRecord[] {
  const entries: unknown = batch?.entries;
  return Array.isArray(entries) ? entries.map(nameOf).filter((record) => record !== undefined) : [];
}

function nameOf(entry: unknown): NamedRecord | undefined {
  const { callId, name, date } = (entry ?? {}) as Partial<Record<string, unknown>>;
  if (typeof callId !== 'string' || typeof name !== 'string' || typeof date !== 'string') return undefined;
  return { call_id: callId, name, date };
}
