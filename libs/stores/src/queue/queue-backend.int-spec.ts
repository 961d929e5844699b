import { setTimeout as sleep } from 'node:timers/promises';
import { SallyportError } from '@sallyport/dialects';
import { until } from '@sallyport/testing';
import type { Job, JobQueue, JobWorker, QueueBackend } from '../index';
import { PLACES, type Place } from './queue-places.fixture';

describe.each(PLACES)('the queue on %s', (_kind, makePlace) => {
  const quick = { concurrency: 2, retryDelayMs: { first: 10, longest: 20 }, lockMs: 15_000 };
  let place: Place;
  let backend: QueueBackend;
  let queue: JobQueue<{ text: string }>;
  let name: string;
  const workers: JobWorker[] = [];
  let queues = 0;

  function work(process: (job: Job<{ text: string }>) => Promise<void> | void, options = quick): JobWorker {
    const worker = backend.createWorker<{ text: string }>(name, async (job) => process(job), options);
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

  it('carries a job to a worker, whatever its text, and forgets it when done', async () => {
    const text = 'quote " backslash \\ newline \n emoji 😀 escaped nul \\u0000 🇩🇪 \u2028';
    const seen: Job<{ text: string }>[] = [];
    work((job) => void seen.push(job));
    await queue.add('b-1', { text });
    await until(() => seen.length > 0);
    expect(seen).toMatchObject([{ id: 'b-1', data: { text }, attempt: 1 }]);
    await until(async () => (await queue.counts()).active === 0);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    await queue.add('b-1', { text: 'anew' });
    await until(() => seen.length > 1);
    expect(seen[1]).toMatchObject({ id: 'b-1', data: { text: 'anew' }, attempt: 1 });
  });

  it('ignores a second job with the same id', async () => {
    await queue.add('b-1', { text: 'first' });
    await queue.add('b-1', { text: 'again' });
    expect((await queue.counts()).waiting).toBe(1);
  });

  it('wakes a worker that already waits', async () => {
    const seen: string[] = [];
    work((job) => void seen.push(job.data.text));
    await sleep(300);
    for (const text of ['one', 'two', 'three']) await queue.add(`b-${text}`, { text });
    await until(() => seen.length === 3);
    expect(seen.sort()).toEqual(['one', 'three', 'two']);
  });

  it('repeats a job that fails until it succeeds', async () => {
    const attempts: number[] = [];
    const worker = work((job) => {
      attempts.push(job.attempt);
      if (attempts.length < 4) throw new Error('not yet');
    });
    await queue.add('b-1', { text: '' });
    await until(() => worker.progress.completed === 1);
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(worker.progress).toMatchObject({ retried: 3, failed: 0 });
  });

  it('keeps a job that can never succeed', async () => {
    const worker = work(() => {
      throw new SallyportError('invalid_request', 'not a batch');
    });
    await queue.add('b-1', { text: '' });
    await until(() => worker.progress.failed === 1);
    expect(worker.progress.retried).toBe(0);
    expect((await queue.counts()).failed).toBe(1);
  });

  it('runs as many jobs at once as it is told to', async () => {
    let most = 0;
    const active: (() => void)[] = [];
    const worker = work(() => {
      const held = Promise.withResolvers<void>();
      active.push(held.resolve);
      most = Math.max(most, active.length);
      return held.promise;
    });
    for (let i = 0; i < 8; i++) await queue.add(`b-${i}x`, { text: '' });
    for (let done = 0; done < 8; done += 2) {
      await until(() => active.length >= 2);
      // Time for one too many.
      await sleep(50);
      for (const end of active.splice(0)) end();
    }
    await until(() => worker.progress.completed === 8);
    expect(most).toBe(2);
  });

  it('finishes the job under way when it closes', async () => {
    const done: string[] = [];
    let begun = false;
    const worker = work(async (job) => {
      begun = true;
      await sleep(200);
      done.push(job.id);
    });
    await queue.add('b-1', { text: '' });
    await until(() => begun);
    await worker.close(60_000);
    expect(done).toEqual(['b-1']);
    expect(worker.isRunning()).toBe(false);
    await queue.add('b-2', { text: '' });
    expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
  });

  it('hands a job whose worker was cut off to another one', async () => {
    // Nobody takes the job because its lock ran out.
    const patient = { ...quick, lockMs: 3_600_000 };
    let begun = false;
    const stuck = Promise.withResolvers<void>();
    const worker = work(() => {
      begun = true;
      return stuck.promise;
    }, patient);
    await queue.add('b-1', { text: 'kept' });
    await until(() => begun);
    await worker.close(10);
    const seen: string[] = [];
    work((job) => void seen.push(job.data.text), patient);
    await until(() => seen.length === 1);
    stuck.resolve();
    expect(seen).toEqual(['kept']);
  });

  it('keeps jobs over a restart', async () => {
    for (const id of ['b-1', 'b-2', 'b-3']) await queue.add(id, { text: id });
    await backend.close();
    await place.crash();
    backend = place.open();
    await until(() => backend.isReady());
    const seen: string[] = [];
    work((job) => void seen.push(job.data.text));
    await until(() => seen.length === 3);
    expect(seen.sort()).toEqual(['b-1', 'b-2', 'b-3']);
  });

  it('refuses calls after it was closed', async () => {
    const other = backend.createQueue('other');
    await backend.close();
    await expect(other.add('b-1', {})).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    backend = place.open();
  });
});
