import type { JobCounts, StoredJob } from '../queue-backend.port';
import type { EmbeddedPostgres } from './embedded-postgres';

interface JobRow {
  readonly id: string;
  readonly data: unknown;
  readonly failed_reason: string | null;
}

const ORDER = {
  waiting: 'seq',
  active: 'seq',
  delayed: 'process_at_ms, seq',
  failed: 'finished_at_ms, seq',
} satisfies Record<keyof JobCounts, string>;

/** A page of the jobs of one state, the oldest first. BullMQ's own pages begin at the newest on Postgres. */
export async function listJobs(
  postgres: EmbeddedPostgres,
  queue: string,
  state: keyof JobCounts,
  start: number,
  count: number,
): Promise<StoredJob<unknown>[]> {
  const statement = `
    SELECT id, data, failed_reason FROM bullmq.job WHERE queue = $1 AND state = $2::bullmq.job_state
    ORDER BY ${ORDER[state]} OFFSET $3 LIMIT $4`;
  const { rows } = await postgres.query(statement, [queue, state, start, count]);
  return (rows as JobRow[]).map(({ id, data, failed_reason: reason }) => ({
    id,
    data,
    failedReason: reason ?? undefined,
  }));
}
