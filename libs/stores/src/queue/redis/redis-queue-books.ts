import type { Redis } from 'ioredis';
import {
  SETTLED_KEPT,
  SETTLED_KEPT_MS,
  type BookTotals,
  type QueueBooks,
  type RecordTally,
} from '../queue-backend.port';
import { callQueue } from '../queue-call';
import { ENLIST, SETTLE, TOTALS } from './book-scripts';

/** Books in the keys `{prefix}:{queue}:books:…`, beside those of the queue. Each call is one script, so nothing is half done. */
export class RedisQueueBooks implements QueueBooks {
  private readonly keys: readonly string[];

  /**
   * @param queueKey begins the keys of the queue
   * @param canEnlist whether the queue takes batches now
   * @param canCall whether Redis can be called now
   */
  constructor(
    private readonly client: Redis,
    queueKey: string,
    private readonly canEnlist: () => boolean,
    private readonly canCall: () => boolean,
  ) {
    this.keys = ['records', 'since', 'settled', 'totals'].map((name) => `${queueKey}:books:${name}`);
  }

  async enlist(batchId: string, records: number): Promise<void> {
    await callQueue(this.canEnlist, () => this.run(ENLIST, batchId, records, 0));
  }

  async replay(batchId: string, records: number): Promise<void> {
    await callQueue(this.canEnlist, () => this.run(ENLIST, batchId, records, records));
  }

  async settle(batchId: string, { written, deadLettered }: RecordTally): Promise<void> {
    await callQueue(this.canCall, () =>
      this.run(SETTLE, batchId, written, deadLettered, SETTLED_KEPT_MS, SETTLED_KEPT),
    );
  }

  async totals(): Promise<BookTotals> {
    const answer = await callQueue(this.canCall, () => this.run(TOTALS));
    const [written = 0, deadLettered = 0, replayed = 0, waiting = 0, oldest = -1] = (answer as unknown[]).map(Number);
    return { written, deadLettered, replayed, waiting, oldestWaitingMs: oldest < 0 ? undefined : oldest };
  }

  private run(script: string, ...args: (string | number)[]): Promise<unknown> {
    return this.client.eval(script, this.keys.length, ...this.keys, ...args);
  }
}
