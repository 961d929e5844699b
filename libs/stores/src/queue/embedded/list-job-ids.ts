import type { JobCounts } from '../queue-backend.port';
import type { EmbeddedPostgres } from './embedded-postgres';

const ORDER = {
  waiting: 'seq',
  active: 'seq',
  delayed: 'process_at_ms, seq',
  failed: 'finished_at_ms, seq',
} satisfies Record<keyof JobCounts, string>;

/** Ids of a page of the jobs of one state, the oldest first. BullMQ's own pages begin at the newest on Postgres. */
export async function listJobIds(
  postgres: EmbeddedPostgres,
  queue: string,
  state: keyof JobCounts,
  start: number,
  count: number,
): Promise<string[]> {
  const statement = `
    SELECT id FROM bullmq.job WHERE queue = $1 AND state = $2::bullmq.job_state
    ORDER BY ${ORDER[state]} OFFSET $3 LIMIT $4`;
  const { rows } = await postgres.query(statement, [queue, state, start, count]);
  return (rows as { id: string }[]).map(({ id }) => id);
}
