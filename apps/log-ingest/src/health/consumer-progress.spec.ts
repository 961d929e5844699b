import type { LogWorkerSettings } from '@sallyport/config';
import type { JobCounts } from '@sallyport/stores';
import { ConsumerProgress, standstillMs } from './consumer-progress';

const MINUTE = 60_000;
const LIMIT = 3 * MINUTE;

describe(ConsumerProgress.name, () => {
  let now: number;
  let jobs: { waiting: number; delayed: number } | Error;
  let lastAt: number;
  let written: number;
  let running: boolean;
  let ready: boolean;
  let closing: boolean;
  let check: ConsumerProgress;
  beforeEach(() => {
    now = 0;
    jobs = { waiting: 0, delayed: 0 };
    [lastAt, written] = [0, 0];
    [running, ready, closing] = [true, true, false];
    const counts = (): Promise<JobCounts> =>
      jobs instanceof Error ? Promise.reject(jobs) : Promise.resolve({ ...jobs, active: 0, failed: 0 });
    const consumer = {
      queue: { counts },
      worker: {
        get progress() {
          return { completed: 0, retried: 0, failed: 0, lastAt };
        },
        isRunning: () => running,
      },
      backend: { isReady: () => ready },
      batches: {
        get counts() {
          return { written, present: 0 };
        },
      },
      get isClosing() {
        return closing;
      },
    };
    check = new ConsumerProgress(consumer, LIMIT, () => now);
  });

  it('passes while nothing waits, however long', async () => {
    now = 600 * MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('passes when a batch has just arrived after a long idle time', async () => {
    now = 600 * MINUTE;
    await check.check();
    jobs = { waiting: 1, delayed: 0 };
    now += MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('fails when batches wait and none ends, although the worker says that it runs', async () => {
    jobs = { waiting: 3, delayed: 0 };
    now = LIMIT + 1;
    await expect(check.check()).rejects.toThrow('3 batches wait');
  });

  it('passes while tries end, well or not, although more wait', async () => {
    jobs = { waiting: 3, delayed: 0 };
    lastAt = 2 * MINUTE;
    now = LIMIT + 1;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('passes while the records of a batch are written that takes long', async () => {
    jobs = { waiting: 3, delayed: 0 };
    await check.check();
    written = 10;
    now = LIMIT - 1;
    await check.check();
    now = LIMIT + MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
    now = 3 * LIMIT;
    await expect(check.check()).rejects.toThrow('3 batches wait');
  });

  it('is patient with batches that wait for their next try, but not for ever', async () => {
    jobs = { waiting: 0, delayed: 2 };
    await check.check();
    now = 10 * LIMIT;
    await expect(check.check()).resolves.toBeUndefined();
    now += 1;
    await expect(check.check()).rejects.toThrow('2 batches wait for their next try');
  });

  it('fails when the worker has stopped, although nothing waits', async () => {
    await check.check();
    running = false;
    now = LIMIT;
    await expect(check.check()).resolves.toBeUndefined();
    now = LIMIT + 1;
    await expect(check.check()).rejects.toThrow('The worker has stopped');
  });

  it('passes while the queue is away, and gives it time when it is back', async () => {
    running = false;
    for (const away of [() => (ready = false), () => (jobs = new Error('away'))]) {
      away();
      now += 10 * LIMIT;
      await expect(check.check()).resolves.toBeUndefined();
      ready = true;
    }
    jobs = { waiting: 1, delayed: 0 };
    now += MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('passes while the app drains', async () => {
    [closing, running] = [true, false];
    jobs = { waiting: 1, delayed: 0 };
    now = 10 * LIMIT;
    await expect(check.check()).resolves.toBeUndefined();
  });
});

describe(standstillMs.name, () => {
  const worker: LogWorkerSettings = { concurrency: 1, maxBatchesPerSecond: 1, lockMs: 60_000, maxRetryDelayMs: 15_000 };

  it('outlasts the lock, the pause between tries and the time-out of a write', () => {
    expect(standstillMs(worker, { kind: 'directory', dir: '', pathPrefix: '', mode: 'async' })).toBe(150_000);
    const s3 = { endpoint: undefined, forcePathStyle: false, credentials: undefined, objects: 'record' } as const;
    const store = { kind: 's3', bucket: '', region: '', pathPrefix: '', timeoutMs: 30_000, ...s3 } as const;
    expect(standstillMs(worker, store)).toBe(210_000);
  });
});
