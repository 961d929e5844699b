import { SallyportError } from '@sallyport/dialects';
import type { LogEntry, StoredEntry } from '../entry/log-entry';
import { digestOf } from '../entry/record-digest';
import { needsPlace, type BatchItem, type OutboxBatch } from '../outbox/open-batch';
import type { Outbox } from '../outbox/outbox';
import type { RecordStore } from '../writing/record-store.port';

/**
 * How long a batch waits for the place of its large records. The queue is spared them while the place is away, and a
 * single record that never gets through, as it takes longer than the place allows, does not hold up all behind it.
 */
const PATIENCE_MS = 60_000;

/** A record that only its place can take was refused there for now: its batch is to let others go first. */
export class AwaitsPlace extends SallyportError {
  constructor(refusal: SallyportError) {
    super(refusal.code, refusal.message, { retryable: true, cause: refusal });
  }
}

/** How a large record travels: as a reference to where it is, or whole all the same, and then to be kept apart. */
type Passage = StoredEntry | 'whole';

/** What is known of the large records of a batch. */
interface Passages {
  readonly batchId: string;
  readonly since: number;
  readonly byKey: Map<string, Passage>;
}

/**
 * What the job of a batch carries. Large records go to their place one at a time, and what stays of them in memory is
 * the reference.
 */
export class BatchContent {
  /**
   * Of the last batch: a queue that is away does not make its records be written again at each attempt, and what an
   * attempt of unknown outcome carried the next one carries too.
   */
  private passages: Passages | undefined;

  constructor(
    private readonly outbox: Pick<Outbox, 'read'>,
    private readonly store: Pick<RecordStore, 'write'>,
  ) {}

  /**
   * @returns undefined when another process has completed the batch
   * @throws SallyportError retryable when a large record cannot be brought to its place now; {@link AwaitsPlace} when
   *   nothing else can take it
   */
  async of(batch: OutboxBatch): Promise<readonly (LogEntry | StoredEntry)[] | undefined> {
    if (this.passages?.batchId !== batch.id)
      this.passages = { batchId: batch.id, since: performance.now(), byKey: new Map() };
    for (const item of batch.items) await this.findPassage(item, this.passages);
    const entries: (LogEntry | StoredEntry)[] = [];
    for (const { key } of batch.items) {
      const passage = this.passages.byKey.get(key);
      const entry = typeof passage === 'object' ? passage : this.outbox.read(key);
      if (entry === undefined) return undefined;
      entries.push(passage === 'whole' ? { ...entry, apart: true } : entry);
    }
    return entries;
  }

  private async findPassage(item: BatchItem, { batchId, since, byKey }: Passages): Promise<void> {
    const { key, isLarge } = item;
    if (!isLarge || byKey.has(key)) return;
    const entry = this.outbox.read(key);
    if (entry === undefined) return;
    const [result] = await this.store.write(batchId, [{ ...entry, apart: true }]);
    if (result === undefined) throw new Error('The place of the records gave no result');
    if (result.outcome !== 'refused') byKey.set(key, await referenceTo(entry, result.path));
    // One that is refused for good travels in the job: the worker makes a dead letter of it.
    else if (!result.error.retryable) byKey.set(key, 'whole');
    else if (needsPlace(item)) throw new AwaitsPlace(result.error);
    else if (performance.now() - since >= PATIENCE_MS) byKey.set(key, 'whole');
    else throw result.error;
  }
}

async function referenceTo({ callId, date, name, json }: LogEntry, path: string): Promise<StoredEntry> {
  const sha256 = await digestOf(json);
  return { callId, date, name, stored: { path, bytes: Buffer.byteLength(json), sha256 } };
}
