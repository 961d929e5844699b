import fc from 'fast-check';
import { jobOptions, retryDelay, workerOptions } from './job-options';

describe(retryDelay.name, () => {
  it('doubles up to the longest delay, of which it takes at least the half', () => {
    const delays = { first: 500, longest: 60_000 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (attempt) => {
        const full = Math.min(60_000, 500 * 2 ** (attempt - 1));
        const delay = retryDelay(attempt, delays);
        return Number.isInteger(delay) && delay >= full / 2 && delay <= full;
      }),
    );
  });
});

describe(jobOptions.name, () => {
  it('keeps failed jobs and makes their stack traces no longer with each try', () => {
    expect(jobOptions('b-1')).toMatchObject({ jobId: 'b-1', removeOnFail: false, stackTraceLimit: 1 });
  });

  it('lets a job be tried for more than a month, as short as its delays may be', () => {
    expect((jobOptions('b-1').attempts ?? 0) * (60_000 / 2)).toBeGreaterThan(31 * 86_400_000);
  });
});

describe(workerOptions.name, () => {
  it('keeps a job over many killed workers, and takes it from one that was killed within one and a half locks', () => {
    const { maxStalledCount = 1, stalledInterval, lockDuration } = workerOptions({ concurrency: 1 }, 60_000);
    expect(maxStalledCount).toBeGreaterThanOrEqual(10);
    expect([lockDuration, stalledInterval]).toEqual([60_000, 30_000]);
    expect(workerOptions({ concurrency: 1, lockMs: 600 }, 60_000)).toMatchObject({
      lockDuration: 600,
      stalledInterval: 1_000,
    });
  });
});
