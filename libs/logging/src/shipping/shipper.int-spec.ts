import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogBatchSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { JobCounts } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import type { LogBatch } from '../entry/log-entry';
import { Outbox } from '../outbox/outbox';
import { ALL, entry, SETTINGS } from '../outbox/outbox.fixture';
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
  waiting = 0;
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
    return Promise.resolve({ waiting: this.waiting, active: 0, delayed: 0, failed: 0 });
  }

  enlist(id: string, records: number): Promise<void> {
    if (this.attempts.includes(id) && !this.enlisted.some(([known]) => known === id))
      throw new Error('The batch came to the queue before it was enlisted');
    this.enlisted.push([id, records]);
    return Promise.resolve();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe(Shipper.name, () => {
  let dir: string;
  let outbox: Outbox;
  let queue: ScriptedQueue;
  let shipper: Shipper;
  const store = { write: (): never => unexpected() };
  const newShipper = (limits = LIMITS): Shipper =>
    new Shipper({
      outbox,
      queue,
      books: queue,
      content: new BatchContent(outbox, store),
      room: new QueueRoom(queue, limits.maxQueuedBatches),
      limits,
      logger,
    });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-shipper-'));
    outbox = Outbox.open(dir, SETTINGS, logger);
    queue = new ScriptedQueue();
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
    queue.waiting = 5;
    await sleep(1_500);
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
});

function unexpected(): never {
  throw new Error('No record was to go there');
}
