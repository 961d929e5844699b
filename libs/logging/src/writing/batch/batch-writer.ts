import { createHash } from 'node:crypto';
import { SallyportError } from '@sallyport/dialects';
import type { Job, JobQueue, QueueBooks, RecordTally } from '@sallyport/stores';
import type { BatchEntry, DeadLetter, LogBatch, LogEntry, StoredEntry } from '../../entry/log-entry';
import { refusal, writeEach } from '../placing/write-each';
import type { RecordStore, WriteResult, WrittenRecord } from '../record-store.port';
import type { DeadLetterFile } from './dead-letter-file';
import { hasSafePath, isGivenUp, isInline, isStored, readBatch, type GivenUpEntry } from './log-batch';

type Entry = LogEntry | StoredEntry;

/** What this process did since its start; the books tell what became of the records. */
export type BatchWriterCounts = Readonly<Record<WrittenRecord['outcome'] | 'dead_lettered', number>>;

/** What is left of a batch in one try, and what this try and those before it have done. */
interface Attempt {
  written: number;
  deadLettered: number;
  /** To be tried again. */
  readonly rest: BatchEntry[];
  /** To be set aside in this try. */
  readonly givenUp: GivenUpEntry[];
  /** The first failure that another try may mend. */
  failure: SallyportError | undefined;
}

/**
 * Brings the records of a batch to their place. A record that will never be taken goes to the dead letters and holds up
 * nobody; what failed otherwise is tried again, without what is done already.
 */
export class BatchWriter {
  private readonly counted = { written: 0, present: 0, written_beside: 0, dead_lettered: 0 };

  constructor(
    private readonly store: Pick<RecordStore, 'write' | 'holds'>,
    private readonly deadLetters: Pick<JobQueue<DeadLetter>, 'add'>,
    private readonly books: Pick<QueueBooks, 'settle'>,
    private readonly deadLetterFile: DeadLetterFile,
  ) {}

  get counts(): BatchWriterCounts {
    return { ...this.counted };
  }

  /**
   * Resolves when every record is in its place or among the dead letters, and the books say so.
   *
   * The tally always travels with the entries that it does not count: whichever of the two the queue has after a
   * failure, the next try comes to the same sum. So does the decision to give a record up, which is noted before there
   * is a dead letter: a place that takes the record at the next try would make it be written and dead at once. For the
   * same reason a try that has lost its job, as it stood still for longer than the lock, notes nothing and gives nothing
   * up: the worker that has the job now may have written the record.
   *
   * @throws SallyportError retryable when the job must be tried again; not retryable when it holds no batch
   */
  async write(job: Job<LogBatch>): Promise<void> {
    const { entries, done } = readBatch(job.data);
    const decidedBefore = entries.filter(isGivenUp);
    const attempt: Attempt = { ...done, rest: [], givenUp: [...decidedBefore], failure: undefined };
    let noted = entries.length;
    await this.attempt(
      attempt,
      job.id,
      entries.filter((entry) => !isGivenUp(entry)),
    );
    if (attempt.givenUp.length > decidedBefore.length) {
      const left = [...attempt.rest, ...attempt.givenUp];
      await note(job, left, attempt);
      noted = left.length;
    }
    await this.setAside(attempt, job);
    const { written, deadLettered, rest, failure } = attempt;
    if (failure === undefined) return this.books.settle(job.id, { written, deadLettered }).catch(tryAgain);
    if (rest.length < noted) await note(job, rest, attempt);
    throw failure;
  }

  private async attempt(attempt: Attempt, batchId: string, entries: readonly Entry[]): Promise<void> {
    const results = await this.place(batchId, entries);
    for (const entry of entries) {
      const result = results.get(entry) ?? refusal(undefined);
      if (result.outcome !== 'refused') {
        this.counted[result.outcome] += 1;
        attempt.written += 1;
      } else if (result.error.retryable) {
        leave(attempt, entry, result.error);
      } else {
        attempt.givenUp.push({ ...entry, givenUp: { reason: result.error.message, at: new Date().toISOString() } });
      }
    }
  }

  private async place(
    batchId: string,
    entries: readonly Entry[],
  ): Promise<ReadonlyMap<Entry, WriteResult | undefined>> {
    const safe = entries.filter(hasSafePath);
    const inline = safe.filter(isInline);
    const stored = safe.filter(isStored);
    const written = inline.length > 0 ? await this.store.write(batchId, inline) : [];
    const found = await writeEach(stored, (entry) => this.find(entry));
    const unsafe = refusal(new SallyportError('invalid_request', 'Its day, name or call id cannot be part of a path'));
    return new Map<Entry, WriteResult | undefined>([
      ...entries.map((entry) => [entry, unsafe] as const),
      ...inline.map((entry, index) => [entry, written[index]] as const),
      ...stored.map((entry, index) => [entry, found[index]] as const),
    ]);
  }

  private async find(entry: StoredEntry): Promise<WriteResult> {
    if (await this.store.holds(entry)) return { outcome: 'present', path: entry.stored.path };
    throw new SallyportError('not_found', 'It was stored directly and is not in its place any more');
  }

  /** Sets records aside, or leaves them for another try when that fails: they are not lost in between. */
  private async setAside(attempt: Attempt, job: Job<LogBatch>): Promise<void> {
    let failure: SallyportError | undefined;
    for (const entry of attempt.givenUp) {
      // Each try may take a time-out, so one failure speaks for the rest of the batch.
      failure ??= await this.addDeadLetter(job, entry);
      if (failure === undefined) {
        this.counted.dead_lettered += 1;
        attempt.deadLettered += 1;
      } else {
        leave(attempt, entry, failure);
      }
    }
  }

  /** @returns why it could not be added */
  private async addDeadLetter(
    job: Job<LogBatch>,
    { givenUp, ...entry }: GivenUpEntry,
  ): Promise<SallyportError | undefined> {
    const id = deadLetterId(job.id, entry);
    const letter = { entry, ...givenUp };
    try {
      await this.deadLetterFile.append({ id, ...letter });
      // Last of all: the disk may have taken its time.
      await job.keep();
      await this.deadLetters.add(id, letter);
      return undefined;
    } catch (cause) {
      return retryable('A record could not be set aside', cause);
    }
  }
}

/** Lets the next try begin with what is left now. */
async function note(
  job: Job<LogBatch>,
  entries: readonly BatchEntry[],
  { written, deadLettered }: Readonly<RecordTally>,
): Promise<void> {
  try {
    // The queue takes the word of a worker that has lost the job, too.
    await job.keep();
    await job.update({ entries, done: { written, deadLettered } });
  } catch (cause) {
    tryAgain(cause);
  }
}

function leave(attempt: Attempt, entry: BatchEntry, failure: SallyportError): void {
  attempt.failure ??= failure;
  attempt.rest.push(entry);
}

/** A batch is never given up because the queue or the books fail, whatever they say. */
function tryAgain(cause: unknown): never {
  throw retryable('It could not be noted what became of a batch', cause);
}

function retryable(message: string, cause: unknown): SallyportError {
  if (cause instanceof SallyportError && cause.retryable) return cause;
  return new SallyportError('unavailable', message, { retryable: true, cause });
}

/**
 * The same record of a batch makes one dead letter, however often the batch is tried. In another batch, as a replay
 * makes one, it makes another: the queue would take it for the old letter, which the replay then removes.
 */
function deadLetterId(batchId: string, entry: Entry): string {
  const { callId, date, name } = entry;
  const content = isInline(entry) ? entry.json : entry.stored.sha256;
  const digest = createHash('sha256')
    .update(JSON.stringify([batchId, callId, date, name, content]))
    .digest('hex');
  return `d-${digest.slice(0, 32)}`;
}
