import {
  SETTLED_KEPT,
  SETTLED_KEPT_MS,
  type BookTotals,
  type QueueBooks,
  type RecordTally,
} from '../queue-backend.port';
import { callQueue } from '../queue-call';
import { ENLIST, SETTLE, TOTALS } from './book-statements';
import type { EmbeddedPostgres } from './embedded-postgres';

interface TotalsRow {
  readonly written: number;
  readonly dead_lettered: number;
  readonly replayed: number;
  readonly waiting: number;
  readonly oldest_ms: number | null;
}

/** Books in tables of the embedded database, beside those of the queue. */
export class EmbeddedQueueBooks implements QueueBooks {
  constructor(
    private readonly postgres: EmbeddedPostgres,
    private readonly queue: string,
  ) {}

  async enlist(batchId: string, records: number): Promise<void> {
    await this.run(ENLIST, batchId, records, 0, Date.now());
  }

  async replay(batchId: string, records: number): Promise<void> {
    await this.run(ENLIST, batchId, records, records, Date.now());
  }

  async settle(batchId: string, { written, deadLettered }: RecordTally): Promise<void> {
    const now = Date.now();
    await this.run(SETTLE, batchId, written, deadLettered, now, now - SETTLED_KEPT_MS, SETTLED_KEPT);
  }

  async totals(): Promise<BookTotals> {
    const [row] = (await this.run(TOTALS)) as [TotalsRow];
    const { written, dead_lettered: deadLettered, replayed, waiting, oldest_ms: oldest } = row;
    const oldestWaitingMs = oldest === null ? undefined : Math.max(0, Date.now() - oldest);
    return { written, deadLettered, replayed, waiting, oldestWaitingMs };
  }

  private run(statement: string, ...params: (string | number)[]): Promise<unknown[]> {
    return callQueue(
      () => this.postgres.ready,
      async () => (await this.postgres.query(statement, [this.queue, ...params])).rows,
    );
  }
}
