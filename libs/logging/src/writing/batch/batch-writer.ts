import { createHash } from 'node:crypto';
import { SallyportError } from '@sallyport/dialects';
import type { Job, JobQueue, QueueBooks } from '@sallyport/stores';
import type { DeadLetter, LogBatch, LogEntry, StoredEntry } from '../../entry/log-entry';
import { refusal, writeEach } from '../placing/write-each';
import type { RecordStore, WriteResult, WrittenRecord } from '../record-store.port';
import type { DeadLetterFile } from './dead-letter-file';
import { hasSafePath, isInline, isStored, readBatch } from './log-batch';

type Entry = LogEntry | StoredEntry;

/** What this process did since its start; the books tell what became of the records. */
export type BatchWriterCounts = Readonly<Record<WrittenRecord['outcome'] | 'dead_lettered', number>>;

/** What one try made of the entries of a batch. */
interface Attempt {
  written: number;
  deadLettered: number;
  readonly rest: Entry[];
  /** The first failure that another try may mend. */
  failure: SallyportError | undefined;
  /** Why nothing can be set aside now. */
  noDeadLetters: SallyportError | undefined;
}

/**
 * Brings the records of a batch to their place. A record that will never be taken goes to the dead letters and holds up
 * nobody; what failed otherwise is tried again, without what is done already.
 */
export class BatchWriter {
  private readonly counted = { written: 0, present: 0, written_beside: 0, dead_lettered: 0 };

  constructor(
    private readonly store: RecordStore,
    private readonly deadLetters: JobQueue<DeadLetter>,
    private readonly books: QueueBooks,
    private readonly deadLetterFile: DeadLetterFile,
  ) {}

  get counts(): BatchWriterCounts {
    return { ...this.counted };
  }

  /**
   * Resolves when every record is in its place or among the dead letters, and the books say so.
   *
   * The tally always travels with the entries that it does not count: whichever of the two the queue has after a
   * failure, the next try comes to the same sum.
   *
   * @throws SallyportError retryable when the job must be tried again; not retryable when it holds no batch
   */
  async write(job: Job<LogBatch>): Promise<void> {
    const { entries, done } = readBatch(job.data);
    const attempt = await this.attempt(job.id, entries);
    const tally = {
      written: done.written + attempt.written,
      deadLettered: done.deadLettered + attempt.deadLettered,
    };
    if (attempt.failure === undefined) return this.books.settle(job.id, tally).catch(tryAgain);
    if (attempt.rest.length < entries.length) {
      await job.update({ entries: attempt.rest, done: tally }).catch(tryAgain);
    }
    throw attempt.failure;
  }

  private async attempt(batchId: string, entries: readonly Entry[]): Promise<Attempt> {
    const attempt: Attempt = { written: 0, deadLettered: 0, rest: [], failure: undefined, noDeadLetters: undefined };
    const results = await this.place(batchId, entries);
    for (const entry of entries) {
      const result = results.get(entry) ?? refusal(undefined);
      if (result.outcome !== 'refused') {
        this.counted[result.outcome] += 1;
        attempt.written += 1;
      } else if (result.error.retryable) {
        leave(attempt, entry, result.error);
      } else {
        await this.giveUp(attempt, batchId, entry, result.error.message);
      }
    }
    return attempt;
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

  /** Sets a record aside, or leaves it for another try when that fails: it is not lost in between. */
  private async giveUp(attempt: Attempt, batchId: string, entry: Entry, reason: string): Promise<void> {
    const id = deadLetterId(batchId, entry);
    const letter = { entry, reason, at: new Date().toISOString() };
    try {
      // Each try may take a time-out, so one failure speaks for the rest of the batch.
      if (attempt.noDeadLetters !== undefined) throw attempt.noDeadLetters;
      await this.deadLetterFile.append({ id, ...letter });
      await this.deadLetters.add(id, letter);
      this.counted.dead_lettered += 1;
      attempt.deadLettered += 1;
    } catch (cause) {
      attempt.noDeadLetters ??= retryable('A record could not be set aside', cause);
      leave(attempt, entry, attempt.noDeadLetters);
    }
  }
}

function leave(attempt: Attempt, entry: Entry, failure: SallyportError): void {
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
