import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogBatchSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { JobCounts } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import type { LogBatch, LogEntry } from '../entry/log-entry';
import { Outbox } from '../outbox/outbox';
import { ALL, entry, SETTINGS } from '../outbox/outbox.fixture';
import type { WriteResult } from '../writing/record-store.port';
import { BatchContent } from './batch-content';
import { QueueRoom } from './queue-room';
import { Shipper } from './shipper';

const logger = createLogger('test', 'silent');
const LIMITS: LogBatchSettings = { ...ALL, maxRecords: 3, maxBytes: 10_000, maxAgeMs: 20 };

/** A queue that does what the test says at each attempt and remembers what landed. */
class ScriptedQueue {
  readonly attempts: string[] = [];
  readonly enlisted: [string, number][] = [];
  readonly landed = new Map<string, string[]>();
  /** Beside those that landed. */
  waiting = 0;
  asked = 0;
  fault: (attempt: number) => 'refuse' | 'land and fail' | undefined = () => undefined;

  add(id: string, { entries }: LogBatch): Promise<void> {
    this.attempts.push(id);
    const fault = this.fault(this.attempts.length);
    if (fault !== 'refuse' && !this.landed.has(id))
      this.landed.set(
        id,
        entries.map(({ name }) => name),
      );
    return fault === undefined ? Promise.resolve() : Promise.reject(new SallyportError('unavailable', 'away'));
  }

  counts(): Promise<JobCounts> {
    this.asked += 1;
    return Promise.resolve({ waiting: this.waiting + this.landed.size, active: 0, delayed: 0, failed: 0 });
  }

  enlist(id: string, records: number): Promise<void> {
    if (this.attempts.includes(id) && !this.enlisted.some(([known]) => known === id))
      throw new Error('The batch came to the queue before it was enlisted');
    this.enlisted.push([id, records]);
    return Promise.resolve();
  }
}

/** A place that takes everything or nothing. */
class ScriptedPlace {
  readonly attempts: string[] = [];
  isAway = true;

  write(_id: string, entries: readonly LogEntry[]): Promise<WriteResult[]> {
    this.attempts.push(...entries.map(({ name }) => name));
    const error = new SallyportError('unavailable', 'away', { retryable: true });
    return Promise.resolve(
      entries.map(({ name }) =>
        this.isAway ? { outcome: 'refused' as const, error } : { outcome: 'written' as const, path: name },
      ),
    );
  }
}

describe(Shipper.name, () => {
  let dir: string;
  let outbox: Outbox;
  let queue: ScriptedQueue;
  let shipper: Shipper;
  let place: ScriptedPlace;
  const newShipper = (limits = LIMITS): Shipper =>
    new Shipper({
      outbox,
      queue,
      books: queue,
      content: new BatchContent(outbox, place),
      room: new QueueRoom(queue, limits.maxQueuedBatches),
      limits,
      logger,
    });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-shipper-'));
    outbox = Outbox.open(dir, SETTINGS, logger);
    queue = new ScriptedQueue();
    place = new ScriptedPlace();
    shipper = newShipper();
  });
  afterEach(async () => {
    await shipper.stop(0);
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  const append = (...names: string[]): Promise<unknown> => Promise.all(names.map((name) => outbox.append(entry(name))));
  const queued = (): number => outbox.counts().queued;

  it('ships in order, in batches, and empties the outbox', async () => {
    await append('1', '2', '3', '4', '5', '6', '7');
    shipper.start();
    await until(() => queued() === 7);
    expect([...queue.landed.values()]).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7']]);
    expect(outbox.depth().records).toBe(0);
    expect(queue.enlisted).toEqual([...queue.landed].map(([id, names]) => [id, names.length]));
  });

  it('repeats an attempt that may have landed with the same id and the same records', async () => {
    queue.fault = (attempt) => (attempt <= 2 ? 'land and fail' : undefined);
    await append('1', '2');
    shipper.start();
    await until(() => queue.attempts.length > 0);
    await append('3');
    await until(() => queued() === 3);
    expect(new Set(queue.attempts.slice(0, 3)).size).toBe(1);
    expect([...queue.landed.values()]).toEqual([['1', '2'], ['3']]);
  });

  it('keeps records while the queue refuses them, and goes on when it does not', async () => {
    let away = true;
    queue.fault = () => (away ? 'refuse' : undefined);
    shipper.start();
    await append('1', '2');
    await until(() => queue.attempts.length > 2);
    expect(outbox.depth().records).toBe(2);
    expect(queued()).toBe(0);
    away = false;
    await until(() => queued() === 2);
  });

  it('leaves records in the outbox while the queue is full', async () => {
    shipper = newShipper({ ...LIMITS, maxRecords: 1, maxQueuedBatches: 5 });
    queue.waiting = 3;
    await append('1', '2', '3', '4');
    shipper.start();
    await until(() => queued() === 2);
    await append('5');
    const { asked } = queue;
    await until(() => queue.asked > asked + 1);
    expect(queue.attempts).toHaveLength(2);
    expect(outbox.depth().records).toBe(3);
    queue.waiting = 0;
    await until(() => queued() === 5);
  });

  it('ships what is left when it stops, due or not', async () => {
    shipper = newShipper({ ...LIMITS, maxAgeMs: 60_000 });
    shipper.start();
    await append('1');
    await shipper.stop(3_600_000);
    expect([...queue.landed.values()]).toEqual([['1']]);
  });

  it('stops although the queue is away, and another one ships the same batch later', async () => {
    queue.fault = () => 'land and fail';
    shipper.start();
    await append('1');
    await until(() => queue.attempts.length > 0);
    await shipper.stop(3_600_000);
    expect(outbox.depth().records).toBe(1);
    queue.fault = () => undefined;
    const next = newShipper();
    next.start();
    await until(() => queued() === 1);
    await next.stop(0);
    expect(queue.landed.size).toBe(1);
  });

  describe('with records that neither the queue nor their place takes', () => {
    const large = entry('large', `"${'x'.repeat(16_777_216)}"`);
    const limits = { ...LIMITS, maxInlineBytes: 5_000 };
    let passedMs: number;
    let now: jest.SpyInstance<number, []>;
    beforeEach(() => {
      passedMs = 0;
      const clock = Date.now;
      now = jest.spyOn(Date, 'now').mockImplementation(() => clock() + passedMs);
      shipper = newShipper(limits);
    });
    afterEach(() => now.mockRestore());

    it('ships what came behind them, and them when their place is back, whoever ships then', async () => {
      await outbox.append(large);
      await outbox.append({ ...large, name: 'large 2' });
      await append('1', '2');
      shipper.start();
      await until(() => queued() === 2);
      expect(place.attempts).toEqual(['large']);
      expect(outbox.counts()).toEqual({ accepted: 4, queued: 2, shed: 0 });
      await shipper.stop(0);
      await outbox.close();
      outbox = Outbox.open(dir, SETTINGS, logger);
      shipper = newShipper(limits);
      shipper.start();
      await append('3');
      await until(() => queued() === 3);
      place.isAway = false;
      passedMs = 30_000;
      await until(() => queued() === 5);
      expect([...queue.landed.values()]).toEqual([['1', '2'], ['3'], ['large'], ['large 2']]);
      expect(queue.enlisted).toEqual([...queue.landed].map(([id, names]) => [id, names.length]));
      expect(outbox.counts()).toEqual({ accepted: 5, queued: 5, shed: 0 });
    });

    it('repeats a batch that may have landed as the same one, however long its place is away in between', async () => {
      place.isAway = false;
      queue.fault = () => 'land and fail';
      await outbox.append(large);
      shipper.start();
      await until(() => queue.attempts.length > 0);
      await shipper.stop(0);
      place.isAway = true;
      queue.fault = () => undefined;
      // Another process knows nothing of where the record went.
      shipper = newShipper(limits);
      shipper.start();
      await append('1');
      await until(() => queued() === 1);
      place.isAway = false;
      passedMs = 30_000;
      await until(() => queued() === 2);
      expect([...queue.landed.values()]).toEqual([['large'], ['1']]);
      expect(outbox.counts()).toEqual({ accepted: 2, queued: 2, shed: 0 });
    });

    it('ships what came behind them also when it stops', async () => {
      shipper = newShipper({ ...limits, maxAgeMs: 3_600_000 });
      await outbox.append(large);
      await append('1');
      shipper.start();
      await shipper.stop(3_600_000);
      expect([...queue.landed.values()]).toEqual([['1']]);
      expect(outbox.depth().records).toBe(1);
    });
  });
});
