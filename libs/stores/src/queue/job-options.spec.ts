import fc from 'fast-check';
import { jobOptions, retryDelay } from './job-options';

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
});
