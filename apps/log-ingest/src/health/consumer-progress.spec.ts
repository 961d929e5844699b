import type { JobCounts } from '@sallyport/stores';
import { ConsumerProgress } from './consumer-progress';

const MINUTE = 60_000;

describe(ConsumerProgress.name, () => {
  let now: number;
  let waiting: number | Error;
  let lastAt: number;
  let check: ConsumerProgress;
  beforeEach(() => {
    now = 0;
    waiting = 0;
    lastAt = 0;
    const counts = (): Promise<JobCounts> =>
      waiting instanceof Error
        ? Promise.reject(waiting)
        : Promise.resolve({ waiting, active: 0, delayed: 0, failed: 0 });
    const worker = {
      get progress() {
        return { completed: 0, retried: 0, failed: 0, lastAt };
      },
    };
    check = new ConsumerProgress({ queue: { counts }, worker }, () => now);
  });

  it('passes while nothing waits, however long', async () => {
    now = 600 * MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('passes when a batch has just arrived after a long idle time', async () => {
    now = 600 * MINUTE;
    await check.check();
    waiting = 1;
    now += MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('fails when batches wait and none ends', async () => {
    waiting = 3;
    now = 6 * MINUTE;
    await expect(check.check()).rejects.toThrow('3 batches wait');
  });

  it('passes while batches end, although more wait', async () => {
    waiting = 3;
    lastAt = 3 * MINUTE;
    now = 6 * MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });

  it('passes while the queue is away', async () => {
    waiting = new Error('away');
    now = 6 * MINUTE;
    await expect(check.check()).resolves.toBeUndefined();
  });
});
