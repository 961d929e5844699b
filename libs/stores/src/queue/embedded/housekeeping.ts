import type { PGlite } from '@electric-sql/pglite';
import { tidyDatabase } from './embedded-database';

/** What is written between two times of tidying; on disk the database holds about as much more than its jobs. */
const TIDY_EVERY_BYTES = 32 * 1_048_576;
/** What a statement writes besides its parameters: rows, indexes, log. An estimate on the safe side. */
const STATEMENT_BYTES = 4_096;

/** Written before the first time, which comes soon: what earlier processes left behind counts too. */
const FIRST_TIDY_BYTES = 1_048_576;

/** Tidies a database as it is written to, in between its statements. */
export class Housekeeping {
  private written = TIDY_EVERY_BYTES - FIRST_TIDY_BYTES;

  /** @param onProblem told why the database could not be tidied; it is tried again later */
  constructor(
    private readonly database: PGlite,
    private readonly onProblem: (reason: string) => void,
  ) {}

  /** Counts a statement that was asked for. */
  note(params: readonly unknown[]): void {
    this.written += STATEMENT_BYTES;
    for (const param of params) if (typeof param === 'string') this.written += param.length;
    if (this.written < TIDY_EVERY_BYTES) return;
    this.written = 0;
    tidyDatabase(this.database).catch((error: Error) => this.onProblem(error.message));
  }
}
