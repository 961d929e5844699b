import { createHash } from 'node:crypto';
import { SallyportError } from '@sallyport/dialects';
import type { Job, JobQueue } from '@sallyport/stores';
import type { DeadLetter, LogBatch, LogEntry } from '../entry/log-entry';
import type { RecordWriter, WriteOutcome } from './record-writer.port';

/** Records of one batch that are written at the same time. */
const PARALLEL_WRITES = 8;

/** So many failures in a row mean that the place is away, and the rest of the batch is left for the next try. */
const GIVE_UP_AFTER = 3;

export type BatchWriterCounts = Readonly<Record<WriteOutcome | 'dead_lettered', number>>;

/**
 * Writes the records of a batch. A record that will never be taken goes to the dead letters and holds up nobody; after
 * any other failure the whole batch is tried again, which does no harm to what is already written.
 */
export class BatchWriter {
  private readonly counted = { written: 0, present: 0, written_beside: 0, dead_lettered: 0 };

  constructor(
    private readonly writer: RecordWriter,
    private readonly deadLetters: JobQueue<DeadLetter>,
  ) {}

  get counts(): BatchWriterCounts {
    return { ...this.counted };
  }

  /**
   * Resolves when every record is in its place or among the dead letters.
   *
   * @throws SallyportError retryable when the batch must be tried again; not retryable when the job holds no batch
   */
  async write(job: Job<LogBatch>): Promise<void> {
    const waiting = entriesOf(job.data).values();
    const failures: unknown[] = [];
    let inARow = 0;
    const work = async (): Promise<void> => {
      for (const entry of waiting) {
        if (inARow >= GIVE_UP_AFTER) return;
        try {
          await this.writeOne(entry);
          inARow = 0;
        } catch (error) {
          failures.push(error);
          inARow += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_WRITES }, work));
    if (failures.length > 0) throw failures[0];
  }

  private async writeOne(entry: LogEntry): Promise<void> {
    try {
      this.counted[await this.writer.write(entry)] += 1;
    } catch (error) {
      if (!(error instanceof SallyportError) || error.retryable) throw error;
      await this.deadLetters.add(deadLetterId(entry), {
        entry,
        reason: error.message,
        at: new Date().toISOString(),
      });
      this.counted.dead_lettered += 1;
    }
  }
}

/** The same record makes one dead letter, however often its batch is tried. */
function deadLetterId({ callId, date, name, json }: LogEntry): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([callId, date, name, json]))
    .digest('hex');
  return `d-${digest.slice(0, 32)}`;
}

function entriesOf(batch: unknown): readonly LogEntry[] {
  const entries: unknown = (batch as Partial<LogBatch> | null)?.entries;
  if (Array.isArray(entries) && entries.every(isEntry)) return entries;
  throw new SallyportError('invalid_request', 'The job does not hold a batch of log records');
}

function isEntry(value: unknown): value is LogEntry {
  const { callId, date, name, json } = (value ?? {}) as Record<keyof LogEntry, unknown>;
  return [callId, date, name, json].every((part) => typeof part === 'string');
}
