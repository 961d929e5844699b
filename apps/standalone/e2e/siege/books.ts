import { Metrics } from './metrics';

/** Where the numbers of a whole installation are read. */
export interface BookSources {
  /** One gateway of each outbox: those that share one tell the same totals. */
  readonly outboxes: readonly string[];
  readonly logIngest: string;
}

/** What became of all records so far. */
export interface Books {
  readonly accepted: number;
  readonly shed: number;
  readonly inOutboxes: number;
  readonly inQueue: number;
  readonly written: number;
  readonly deadLettered: number;
  readonly replayed: number;
  /** That nobody has replayed yet, as the queue counts them. */
  readonly deadLettersLeft: number;
  readonly failedJobs: number;
}

/** @throws Error while any of the sources is away */
export async function readBooks({ outboxes, logIngest }: BookSources): Promise<Books> {
  const gateways = await Promise.all(outboxes.map((url) => Metrics.of(url)));
  const ingest = await Metrics.of(logIngest);
  const sum = (name: string): number => gateways.reduce((total, metrics) => total + metrics.sum(name), 0);
  return {
    accepted: sum('gateway_log_records_accepted_total'),
    shed: sum('gateway_log_records_shed_total'),
    inOutboxes: sum('gateway_log_outbox_records'),
    inQueue: ingest.sum('log_queue_records'),
    written: ingest.sum('log_records_written_total'),
    deadLettered: ingest.sum('log_records_dead_lettered_total'),
    replayed: ingest.sum('log_records_replayed_total'),
    deadLettersLeft: ingest.sum('log_dead_letters'),
    failedJobs: ingest.labelled('log_queue_jobs', 'state="failed"'),
  };
}

/** What the books cannot account for; 0 when they balance. */
export function unaccounted(books: Books): number {
  const { accepted, shed, inOutboxes, inQueue, written, deadLettered, replayed } = books;
  return accepted - (written + inOutboxes + inQueue + (deadLettered - replayed) + shed);
}
