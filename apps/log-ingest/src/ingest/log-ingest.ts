import type { LogIngestSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import {
  BatchWriter,
  DeadLetterFile,
  deadLetterQueueName,
  openRecordStore,
  type DeadLetter,
  type LogBatch,
  type RecordStore,
} from '@sallyport/logging';
import type { Job, JobQueue, JobWorker, QueueBackend, QueueBooks } from '@sallyport/stores';
import type { Logger } from '@sallyport/telemetry';
import { PlaceWatch } from './place-watch';

/** Pause before the second try of a batch, in milliseconds. */
const FIRST_RETRY_MS = 500;

/** The consuming end of the log pipeline: takes batches from creation on. */
export class LogIngest {
  readonly queue: JobQueue<LogBatch>;
  readonly deadLetters: JobQueue<DeadLetter>;
  readonly deadLetterFile: DeadLetterFile;
  readonly books: QueueBooks;
  readonly batches: BatchWriter;
  readonly worker: JobWorker;
  readonly place: PlaceWatch;
  private readonly store: RecordStore;
  private closing = false;

  constructor(
    { queue, recordStore, worker, deadLetterDir }: LogIngestSettings,
    readonly backend: QueueBackend,
    private readonly logger: Logger,
  ) {
    this.store = openRecordStore(recordStore);
    this.place = new PlaceWatch(this.store, logger);
    this.queue = backend.createQueue(queue.name);
    this.deadLetters = backend.createQueue(deadLetterQueueName(queue.name));
    this.deadLetterFile = new DeadLetterFile(deadLetterDir);
    this.books = backend.openBooks(queue.name);
    this.batches = new BatchWriter(this.watched(), this.deadLetters, this.books, this.deadLetterFile);
    this.place.start();
    this.worker = backend.createWorker<LogBatch>(queue.name, (job) => this.write(job), {
      concurrency: worker.concurrency,
      maxPerSecond: worker.maxBatchesPerSecond,
      lockMs: worker.lockMs,
      retryDelayMs: { first: Math.min(FIRST_RETRY_MS, worker.maxRetryDelayMs), longest: worker.maxRetryDelayMs },
    });
  }

  /** True once {@link LogIngest.close} was called. */
  get isClosing(): boolean {
    return this.closing;
  }

  /** Waits for batches under way; those that take longer than `limitMs` go back to the queue. */
  async close(limitMs: number): Promise<void> {
    this.closing = true;
    const unwatched = this.place.stop(limitMs);
    await this.worker.close(limitMs);
    await unwatched;
    await this.store.close();
  }

  /** The place of the records, whose answers are told to its watch. */
  private watched(): Pick<RecordStore, 'write' | 'holds'> {
    const { store, place } = this;
    return {
      write: async (batchId, entries) => {
        const results = await store.write(batchId, entries);
        place.noteWrites(results);
        return results;
      },
      holds: (entry) => store.holds(entry),
    };
  }

  /** The reason of a failed try is kept with its job and shown; what is not known may quote a record. */
  private async write(job: Job<LogBatch>): Promise<void> {
    try {
      await this.batches.write(job);
    } catch (error) {
      if (error instanceof SallyportError) throw error;
      const { name = 'Error', stack = '' } = error as Partial<Error>;
      this.logger.error({ job_id: job.id, error: name, at: placesIn(stack) }, 'a batch could not be written');
      throw new SallyportError('internal', `The batch could not be written (${name})`, { retryable: true });
    }
  }
}

/** The lines of a stack trace that name places in the code, without the message before them. */
function placesIn(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
