import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SallyportError } from '@sallyport/dialects';
import type { JobQueue } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import type { LogBatch } from '../entry/log-entry';
import { Outbox } from '../outbox/outbox';
import { Shipper } from './shipper';

const logger = createLogger('test', 'silent');
const limits = { maxRecords: 3, maxBytes: 10_000, maxAgeMs: 20 };

/** A queue that does what the test says at each attempt and remembers what landed. */
class ScriptedQueue implements JobQueue<LogBatch> {
  readonly attempts: string[] = [];
  readonly landed = new Map<string, string[]>();
  fault: (attempt: number) => 'refuse' | 'land and fail' | undefined = () => undefined;

  add(id: string, { entries }: LogBatch): Promise<void> {
    this.attempts.push(id);
    const fault = this.fault(this.attempts.length);
    if (fault !== 'refuse')
      this.landed.set(
        id,
        entries.map(({ name }) => name),
      );
    return fault === undefined ? Promise.resolve() : Promise.reject(new SallyportError('unavailable', 'away'));
  }

  counts(): Promise<never> {
    return Promise.reject(new Error('not asked for'));
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
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-shipper-'));
    outbox = Outbox.open(dir);
    queue = new ScriptedQueue();
    shipper = new Shipper(outbox, queue, limits, logger);
  });
  afterEach(async () => {
    await shipper.stop(0);
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  const append = (...names: string[]): Promise<unknown> =>
    Promise.all(names.map((name) => outbox.append({ callId: name, date: '2026-11-21', name, json: '{}' })));

  it('ships in order, in batches, and empties the outbox', async () => {
    await append('1', '2', '3', '4', '5', '6', '7');
    shipper.start();
    await until(() => shipper.queued === 7);
    expect([...queue.landed.values()]).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7']]);
    expect(outbox.depth().records).toBe(0);
  });

  it('repeats an attempt that may have landed with the same id and the same records', async () => {
    queue.fault = (attempt) => (attempt <= 2 ? 'land and fail' : undefined);
    await append('1', '2');
    shipper.start();
    await until(() => queue.attempts.length > 0);
    await append('3');
    await until(() => shipper.queued === 3);
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
    expect(shipper.queued).toBe(0);
    away = false;
    await until(() => shipper.queued === 2);
  });

  it('ships what is left when it stops, due or not', async () => {
    shipper = new Shipper(outbox, queue, { ...limits, maxAgeMs: 60_000 }, logger);
    shipper.start();
    await append('1');
    await shipper.stop(60_000);
    expect([...queue.landed.values()]).toEqual([['1']]);
  });

  it('stops although the queue is away, and another one ships the same batch later', async () => {
    queue.fault = () => 'land and fail';
    shipper.start();
    await append('1');
    await until(() => queue.attempts.length > 0);
    await shipper.stop(5_000);
    expect(outbox.depth().records).toBe(1);
    queue.fault = () => undefined;
    const next = new Shipper(outbox, queue, limits, logger);
    next.start();
    await until(() => next.queued === 1);
    await next.stop(0);
    expect(queue.landed.size).toBe(1);
  });
});
