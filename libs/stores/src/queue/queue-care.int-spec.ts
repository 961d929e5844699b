import { SallyportError } from '@sallyport/dialects';
import { until } from '@sallyport/testing';
import type { Job, JobQueue, JobWorker, JobWorkerOptions, QueueBackend } from '../index';
import { PLACES, type Place } from './queue-places.fixture';

interface Data {
  readonly text: string;
}

describe.each(PLACES)('looking after a queue on %s', (_kind, makePlace) => {
  const quick = { concurrency: 1, retryDelayMs: { first: 10, longest: 20 }, lockMs: 15_000 };
  const away = { code: 'unavailable', retryable: true };
  let place: Place;
  let backend: QueueBackend;
  let queue: JobQueue<Data>;
  let name: string;
  const workers: JobWorker[] = [];
  let queues = 0;

  function work(process: (job: Job<Data>) => Promise<void> | void, options: JobWorkerOptions = quick): JobWorker {
    const worker = backend.createWorker<Data>(name, async (job) => process(job), options);
    workers.push(worker);
    return worker;
  }

  beforeAll(async () => {
    place = await makePlace();
    backend = place.open();
  });
  afterAll(async () => {
    await backend.close();
    await place.remove();
  });
  beforeEach(async () => {
    await until(() => backend.isReady());
    name = `logs-${queues++}`;
    queue = backend.createQueue(name);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close(0)));
  });

  const listed = (...page: Parameters<typeof queue.list>) => Array.fromAsync(queue.list(...page));

  /** Fills the failed state with jobs of these ids, in their order. */
  async function fail(...ids: string[]): Promise<void> {
    const worker = work((job) => {
      throw new SallyportError('invalid_request', `refused ${job.id}`);
    });
    for (const id of ids) await queue.add(id, { text: id });
    await until(() => worker.progress.failed === ids.length);
    await worker.close(1_000);
  }

  it('lists waiting jobs in pages, the oldest first', async () => {
    const ids = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5'];
    for (const id of ids) await queue.add(id, { text: `of ${id}` });
    const pages = [await listed('waiting', 0, 2), await listed('waiting', 2, 2), await listed('waiting', 4, 2)];
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([['b-1', 'b-2'], ['b-3', 'b-4'], ['b-5']]);
    expect(pages[0]?.[0]).toEqual({ id: 'b-1', data: { text: 'of b-1' }, failedReason: undefined });
    expect(await listed('waiting', 5, 2)).toEqual([]);
    expect(await listed('waiting', 0, 0)).toEqual([]);
  });

  it('reads each job of a page when it is asked for, and leaves out what is gone by then', async () => {
    for (const id of ['b-1', 'b-2', 'b-3']) await queue.add(id, { text: id });
    const seen: string[] = [];
    for await (const { id } of queue.list('waiting', 0, 3)) {
      seen.push(id);
      await queue.remove('b-2');
    }
    expect(seen).toEqual(['b-1', 'b-3']);
  });

  it('lists jobs that were set aside with the reason, in pages, the oldest first', async () => {
    await fail('b-1', 'b-2', 'b-3');
    expect(await listed('failed', 0, 2)).toEqual([
      { id: 'b-1', data: { text: 'b-1' }, failedReason: 'refused b-1' },
      { id: 'b-2', data: { text: 'b-2' }, failedReason: 'refused b-2' },
    ]);
    expect((await listed('failed', 2, 2)).map(({ id }) => id)).toEqual(['b-3']);
    expect(await listed('waiting', 0, 10)).toEqual([]);
  });

  it('lists jobs under way and jobs that wait for their next try', async () => {
    const held = Promise.withResolvers<void>();
    const slow = { ...quick, concurrency: 2, retryDelayMs: { first: 600_000, longest: 600_000 } };
    const worker = work((job) => (job.id === 'b-held' ? held.promise : Promise.reject(new Error('later'))), slow);
    await queue.add('b-held', { text: '' });
    await queue.add('b-later', { text: '' });
    await until(async () => worker.progress.retried === 1 && (await queue.counts()).active === 1);
    expect((await listed('active', 0, 10)).map(({ id }) => id)).toEqual(['b-held']);
    expect((await listed('delayed', 0, 10)).map(({ id }) => id)).toEqual(['b-later']);
    held.resolve();
    await until(() => worker.progress.completed === 1);
  });

  it('removes jobs, and one that is gone without complaint', async () => {
    await fail('b-failed');
    await queue.add('b-waiting', { text: '' });
    await queue.remove('b-waiting');
    await queue.remove('b-failed');
    await queue.remove('b-failed');
    await queue.remove('b-never');
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('removes no job that a worker has', async () => {
    const held = Promise.withResolvers<void>();
    const worker = work(() => held.promise);
    await queue.add('b-1', { text: '' });
    await until(async () => (await queue.counts()).active === 1);
    await expect(queue.remove('b-1')).rejects.toMatchObject(away);
    held.resolve();
    await until(() => worker.progress.completed === 1);
  });

  it('retries a job that was set aside, its tries counted anew', async () => {
    await fail('b-1', 'b-2');
    await queue.retry('b-1');
    await queue.retry('b-1');
    await queue.retry('b-never');
    expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 1 });
    const seen: [string, number][] = [];
    const worker = work((job) => void seen.push([job.data.text, job.attempt]));
    await until(() => worker.progress.completed === 1);
    expect(seen).toEqual([['b-1', 1]]);
  });

  it('gives the next try of a job what the last one made of it', async () => {
    const seen: string[] = [];
    const worker = work(async (job) => {
      seen.push(job.data.text);
      if (seen.length === 3) return;
      await job.update({ text: `${job.data.text}+` });
      throw new Error('again');
    });
    await queue.add('b-1', { text: 'rest' });
    await until(() => worker.progress.completed === 1);
    expect(seen).toEqual(['rest', 'rest+', 'rest++']);
  });

  it('gives the worker after one that was cut off what that one made of the job', async () => {
    const stuck = Promise.withResolvers<void>();
    let updated = false;
    const first = work(async (job) => {
      await job.update({ text: 'rest' });
      updated = true;
      await stuck.promise;
    });
    await queue.add('b-1', { text: 'all' });
    await until(() => updated);
    await first.close(0);
    const seen: string[] = [];
    work((job) => void seen.push(job.data.text));
    await until(() => seen.length === 1);
    stuck.resolve();
    expect(seen).toEqual(['rest']);
  });

  it('lets a worker keep its job, and tells one whose job is gone', async () => {
    const go = Promise.withResolvers<void>();
    const told: unknown[] = [];
    work(async (job) => {
      told.push(await job.keep());
      await go.promise;
      await job.keep().catch((error: unknown) => told.push(error));
      told.push('ended');
    });
    await queue.add('b-1', { text: '' });
    await until(() => told.length === 1);
    const board = backend.openBoardQueue(name);
    await board.obliterate({ force: true });
    go.resolve();
    await until(() => told.includes('ended'));
    expect(told).toEqual([
      undefined,
      expect.objectContaining({ ...away, message: expect.stringContaining('lost') as string }),
      'ended',
    ]);
  });

  it('begins no more jobs in a second than it is told, by all workers together', async () => {
    const begun: number[] = [];
    const start = Date.now();
    const options = { ...quick, concurrency: 4, maxPerSecond: 2 };
    for (let i = 0; i < 2; i++) work(() => void begun.push(Date.now()), options);
    for (let i = 0; i < 7; i++) await queue.add(`b-${i}x`, { text: '' });
    await until(() => begun.length === 7);
    // The seventh needs three seconds to have passed since the first was taken, at the least.
    expect(Math.max(...begun) - start).toBeGreaterThanOrEqual(2_950);
  });

  it('hands out the queue as Bull Board takes it', async () => {
    await fail('b-1');
    const board = backend.openBoardQueue(name);
    expect(await board.getJobCounts('failed', 'waiting')).toEqual({ failed: 1, waiting: 0 });
    const [job] = await board.getJobs(['failed']);
    expect(job).toMatchObject({ id: 'b-1', data: { text: 'b-1' }, failedReason: 'refused b-1' });
    await job?.retry();
    await until(async () => (await queue.counts()).waiting === 1);
  });

  it('refuses every call while the queue is away', async () => {
    await backend.close();
    await expect(listed('waiting', 0, 1)).rejects.toMatchObject(away);
    await expect(queue.remove('b-1')).rejects.toMatchObject(away);
    await expect(queue.retry('b-1')).rejects.toMatchObject(away);
    backend = place.open();
  });
});
