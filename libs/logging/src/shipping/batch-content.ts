import type { LogEntry, StoredEntry } from '../entry/log-entry';
import { digestOf } from '../entry/record-digest';
import type { BatchItem, OutboxBatch } from '../outbox/open-batch';
import type { Outbox } from '../outbox/outbox';
import type { RecordStore } from '../writing/record-store.port';

/**
 * What the job of a batch carries. Large records go to their place one at a time, and what stays of them in memory is
 * the reference.
 */
export class BatchContent {
  /** References of the last batch, so that a queue that is away does not make them be written again at each attempt. */
  private stored: { readonly batchId: string; readonly byKey: Map<string, StoredEntry> } | undefined;

  constructor(
    private readonly outbox: Pick<Outbox, 'read'>,
    private readonly store: Pick<RecordStore, 'write'>,
  ) {}

  /**
   * @returns undefined when another process has completed the batch
   * @throws SallyportError retryable when a large record cannot be brought to its place now
   */
  async of(batch: OutboxBatch): Promise<readonly (LogEntry | StoredEntry)[] | undefined> {
    if (this.stored?.batchId !== batch.id) this.stored = { batchId: batch.id, byKey: new Map() };
    for (const item of batch.items) await this.storeLarge(batch.id, item, this.stored.byKey);
    const entries: (LogEntry | StoredEntry)[] = [];
    for (const { key } of batch.items) {
      const entry = this.stored.byKey.get(key) ?? this.outbox.read(key);
      if (entry === undefined) return undefined;
      entries.push(entry);
    }
    return entries;
  }

  private async storeLarge(
    batchId: string,
    { key, isLarge }: BatchItem,
    byKey: Map<string, StoredEntry>,
  ): Promise<void> {
    if (!isLarge || byKey.has(key)) return;
    const entry = this.outbox.read(key);
    if (entry === undefined) return;
    const [result] = await this.store.write(batchId, [entry]);
    if (result === undefined) throw new Error('The place of the records gave no result');
    if (result.outcome !== 'refused') byKey.set(key, await referenceTo(entry, result.path));
    // One that is refused for good travels in the job: the worker makes a dead letter of it.
    else if (result.error.retryable) throw result.error;
  }
}

async function referenceTo({ callId, date, name, json }: LogEntry, path: string): Promise<StoredEntry> {
  const sha256 = await digestOf(json);
  return { callId, date, name, stored: { path, bytes: Buffer.byteLength(json), sha256 } };
}
