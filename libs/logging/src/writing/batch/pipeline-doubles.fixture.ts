import { SallyportError } from '@sallyport/dialects';
import type { Job, JobQueue, QueueBooks, RecordTally } from '@sallyport/stores';
import type { DeadLetter, LogBatch, LogEntry, StoredEntry } from '../../entry/log-entry';
import { refusal } from '../placing/write-each';
import type { RecordStore, WriteResult } from '../record-store.port';
import type { DeadLetterFile, FiledDeadLetter } from './dead-letter-file';

export const away = new SallyportError('unavailable', 'away', { retryable: true });

/** Called around every step that may fail or be cut off. */
export type Step = (name: string) => Promise<void>;

const noStep: Step = () => Promise.resolve();

export class MemoryStore implements RecordStore {
  refuse: (entry: LogEntry | StoredEntry) => SallyportError | undefined = () => undefined;
  forgetful = false;

  constructor(
    private readonly step: Step = noStep,
    readonly records = new Map<string, string>(),
  ) {}

  async write(_batchId: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    const results: WriteResult[] = [];
    for (const entry of entries) {
      // As a place may: it stores the record, and the answer is lost.
      const result = await this.step('before a record')
        .then(() => this.place(entry))
        .then((placed) => this.step('behind a record').then(() => placed))
        .catch((error: unknown) => refusal(error));
      results.push(result);
    }
    return this.forgetful ? results.slice(0, 1) : results;
  }

  async holds(entry: StoredEntry): Promise<boolean> {
    await this.step('holds');
    const refused = this.refuse(entry);
    if (refused !== undefined) throw refused;
    return this.records.has(entry.stored.path);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  async *list(): AsyncIterable<never> {}

  close(): Promise<void> {
    return Promise.resolve();
  }

  private place(entry: LogEntry): WriteResult {
    const refused = this.refuse(entry);
    if (refused !== undefined) return { outcome: 'refused', error: refused };
    const [first, second] = [entry.name, `${entry.name}.${entry.callId}`];
    const path = [first, second].find((name) => [undefined, entry.json].includes(this.records.get(name))) ?? '';
    const present = this.records.has(path);
    this.records.set(path, entry.json);
    return { outcome: present ? 'present' : path === first ? 'written' : 'written_beside', path };
  }
}

export class MemoryQueue implements Pick<JobQueue<DeadLetter>, 'add'> {
  failure: Error | undefined;

  constructor(
    private readonly step: Step = noStep,
    readonly jobs = new Map<string, DeadLetter>(),
  ) {}

  async add(id: string, letter: DeadLetter): Promise<void> {
    await this.step('before a dead letter');
    if (this.failure !== undefined) throw this.failure;
    if (!this.jobs.has(id)) this.jobs.set(id, letter);
    await this.step('behind a dead letter');
  }
}

/** Books that count each batch once. */
export class Ledgers implements Pick<QueueBooks, 'settle'> {
  failure: Error | undefined;

  constructor(
    private readonly step: Step = noStep,
    readonly settled = new Map<string, RecordTally>(),
  ) {}

  async settle(batchId: string, tally: RecordTally): Promise<void> {
    await this.step('before the books');
    if (this.failure !== undefined) throw this.failure;
    if (!this.settled.has(batchId)) this.settled.set(batchId, tally);
    await this.step('behind the books');
  }
}

export class MemoryFile {
  readonly letters: FiledDeadLetter[] = [];
  failure: Error | undefined;

  constructor(private readonly step: Step = noStep) {}

  asFile(): DeadLetterFile {
    const append = async (letter: FiledDeadLetter): Promise<void> => {
      await this.step('before the file');
      if (this.failure !== undefined) throw this.failure;
      this.letters.push(letter);
      await this.step('behind the file');
    };
    return { append } as unknown as DeadLetterFile;
  }
}

/** A job as the queue keeps it: what was updated is what the next try gets. */
export class MemoryJob implements Job<LogBatch> {
  readonly attempt = 1;
  failUpdate = false;
  /** Another worker has the job. */
  isLost = false;
  /** Told of each update that lands. */
  onUpdate: (data: LogBatch) => void = () => undefined;

  constructor(
    readonly id: string,
    public data: LogBatch,
    private readonly step: Step = noStep,
  ) {}

  async update(data: LogBatch): Promise<void> {
    await this.step('before an update');
    if (this.failUpdate) throw new Error('the job is gone');
    // Through JSON, as on its way through a queue.
    this.data = JSON.parse(JSON.stringify(data)) as LogBatch;
    this.onUpdate(this.data);
    await this.step('behind an update');
  }

  async keep(): Promise<void> {
    await this.step('before the lock');
    if (this.isLost) throw away;
  }
}

export function jobOf(id: string, entries: LogBatch['entries'], step?: Step): MemoryJob {
  return new MemoryJob(id, { entries }, step);
}
