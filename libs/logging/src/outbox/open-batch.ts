import type { LogBatchSettings } from '@sallyport/config';
import { isAlive, thisProcess, type ProcessIdentity } from '@sallyport/stores';
import { ulid } from 'ulid';
import type { OutboxDatabase } from '../disk/outbox-database';
import { VersionedCell } from '../disk/versioned-cell';
import { appendedAt, sizeOf } from './record-key';
import { isRefusing, NONE_POSTPONED, withRefused, withUntried, type Postponed } from './postponed';

/** Records that go to the queue as one job. The same batch always has the same id and the same records. */
export interface OutboxBatch {
  /** `b-` and a ULID: BullMQ refuses ids that are numbers or hold a colon. */
  readonly id: string;
  readonly items: readonly BatchItem[];
}

export interface BatchItem {
  /** For {@link Outbox.read}. */
  readonly key: string;
  /** Whether the queue gets a reference only; kept with the batch, so that a change of the limit does not change it. */
  readonly isLarge: boolean;
}

/** A larger record never travels through the queue: Redis may not take it in the time that it has. */
const LARGEST_IN_QUEUE_BYTES = 16_777_216;

/** Whether a record can only go to its place. It has a batch of its own, so that no other one waits with it. */
export function needsPlace({ key, isLarge }: BatchItem): boolean {
  return isLarge && sizeOf(key) > LARGEST_IN_QUEUE_BYTES;
}

/** The batch under way, on disk before its first attempt. Whoever holds it ships it; others wait. */
interface HeldBatch extends OutboxBatch {
  readonly holder: ProcessIdentity & { readonly instance: string };
  readonly heldUntil: number;
}

interface ShippingState {
  /** Records that the queue has accepted, since the outbox was made. */
  readonly queued: number;
  readonly open?: HeldBatch;
  readonly postponed?: Postponed;
}

/** The same with the next batch, or without when that was postponed. */
type NextState = Omit<ShippingState, 'open'> & { readonly open?: OutboxBatch };

/**
 * How long a batch stays with a holder that shows no sign of life. When that one was only slow, or the clock jumps, two
 * may ship the same batch, which the queue and the place of the records take for one.
 */
const HOLD_MS = 30_000;

/** Hands out the batch to ship, one at a time to all processes that share the outbox. */
export class OpenBatch {
  private readonly holder = { ...thisProcess(), instance: ulid() };
  private readonly cell: VersionedCell<ShippingState>;

  constructor(private readonly database: OutboxDatabase) {
    this.cell = new VersionedCell<ShippingState>(database, 'shipping', { queued: 0 });
  }

  get queued(): number {
    return this.cell.read().value.queued;
  }

  /** See {@link Outbox.claim}. */
  async claim(limits: LogBatchSettings): Promise<OutboxBatch | undefined> {
    for (;;) {
      this.database.refresh();
      const { value, version } = this.cell.read();
      const { open, ...rest } = value;
      if (open !== undefined && this.heldByAnother(open)) return undefined;
      if (open !== undefined && this.heldByUs(open)) return open;
      const next = open === undefined ? this.next(rest, limits) : value;
      if (next === undefined) return undefined;
      const { open: batch, ...state } = next;
      if (batch !== undefined) {
        const held = { ...batch, holder: this.holder, heldUntil: Date.now() + HOLD_MS };
        return (await this.cell.replace(version, { ...state, open: held })) ? held : undefined;
      }
      await this.cell.replace(version, state);
    }
  }

  /** See {@link Outbox.complete}. */
  async complete(id: string): Promise<number> {
    for (;;) {
      this.database.refresh();
      const { value, version } = this.cell.read();
      const { open, ...rest } = value;
      if (open?.id !== id) return 0;
      const remove = (): void => {
        for (const { key } of open.items) void this.database.records.remove(key);
      };
      const queued = value.queued + open.items.length;
      if (await this.cell.replace(version, { ...rest, queued }, remove)) return open.items.length;
    }
  }

  /** See {@link Outbox.postpone}. */
  async postpone(id: string): Promise<void> {
    for (;;) {
      this.database.refresh();
      const { value, version } = this.cell.read();
      const { open, postponed = NONE_POSTPONED, ...rest } = value;
      if (open?.id !== id || open.holder.instance !== this.holder.instance) return;
      const batch = { id, items: open.items };
      if (await this.cell.replace(version, { ...rest, postponed: withRefused(postponed, batch) })) return;
    }
  }

  /** Lets others ship at once what this one holds. */
  async release(): Promise<void> {
    this.database.refresh();
    const { value, version } = this.cell.read();
    if (value.open?.holder.instance !== this.holder.instance) return;
    // When it was replaced meanwhile it is not ours any more.
    await this.cell.replace(version, { ...value, open: { ...value.open, heldUntil: 0 } });
  }

  private heldByAnother({ holder, heldUntil }: HeldBatch): boolean {
    const leftMs = heldUntil - Date.now();
    // More is left than was ever given when the clock went back.
    return holder.instance !== this.holder.instance && leftMs > 0 && leftMs <= HOLD_MS && isAlive(holder);
  }

  /** For long enough to need no renewal, which is a write. */
  private heldByUs({ holder, heldUntil }: HeldBatch): boolean {
    return holder.instance === this.holder.instance && heldUntil - Date.now() > HOLD_MS / 2;
  }

  /** @returns undefined when nothing is due */
  private next(state: Omit<ShippingState, 'open'>, limits: LogBatchSettings): NextState | undefined {
    const { postponed = NONE_POSTPONED } = state;
    const [first, ...others] = postponed.batches;
    if (first !== undefined && !isRefusing(postponed))
      return { ...state, postponed: { ...postponed, batches: others }, open: first };
    const batch = this.newBatch(limits, postponed);
    if (batch === undefined) return undefined;
    if (!isRefusing(postponed) || !batch.items.some(needsPlace)) return { ...state, open: batch };
    return { ...state, postponed: withUntried(postponed, batch) };
  }

  /** The oldest records, as many as make one batch; undefined when that batch is not due. */
  private newBatch(
    { maxRecords, maxBytes, ...limits }: LogBatchSettings,
    postponed: Postponed,
  ): OutboxBatch | undefined {
    const taken = new Set(postponed.batches.flatMap(({ items }) => items.map(({ key }) => key)));
    const items: BatchItem[] = [];
    let bytes = 0;
    let isDue = false;
    for (const key of this.database.records.getKeys({ limit: maxRecords + taken.size })) {
      if (taken.has(key)) continue;
      const item = { key, isLarge: sizeOf(key) > limits.maxInlineBytes };
      // A record over the limit goes alone.
      isDue = items.length > 0 && (bytes + sizeOf(key) > maxBytes || needsPlace(item));
      if (isDue) break;
      items.push(item);
      bytes += sizeOf(key);
      isDue = items.length === maxRecords || needsPlace(item);
      if (isDue) break;
    }
    const [oldest] = items;
    if (oldest === undefined) return undefined;
    const ageMs = Date.now() - appendedAt(oldest.key);
    // From the future when the clock went back: it might do so by days.
    isDue ||= bytes >= maxBytes || ageMs >= limits.maxAgeMs || ageMs < 0;
    return isDue ? { id: `b-${ulid()}`, items } : undefined;
  }
}
