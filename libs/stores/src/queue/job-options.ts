import type { JobsOptions, WorkerOptions } from 'bullmq';
import type { JobWorkerOptions } from './queue-backend.port';

/** The events stream only serves dashboards; by default BullMQ keeps 10,000 of its entries in memory. */
export const EVENTS_KEPT = 100;

/** Practically without end: at the longest delay between tries, over two months. */
const ATTEMPTS = 100_000;

/** Name of the strategy of {@link retryDelay}, stored with each job. */
const BACKOFF = 'capped-exponential';

/** How every job is stored: tried for as long as it takes, and kept when even that fails. */
export function jobOptions(id: string): JobsOptions {
  return {
    jobId: id,
    attempts: ATTEMPTS,
    backoff: { type: BACKOFF },
    removeOnComplete: true,
    removeOnFail: false,
    // One line: BullMQ appends a stack trace per try, which would grow the job without end.
    stackTraceLimit: 1,
  };
}

/** First and longest wait before another try, in milliseconds. */
type RetryDelays = NonNullable<JobWorkerOptions['retryDelayMs']>;

const RETRY_DELAYS: RetryDelays = { first: 500, longest: 60_000 };

/**
 * Doubles from `first` to `longest`, then takes a random part of at least the half of it, so that jobs that failed
 * together do not come back together.
 *
 * @param attempt number of tries so far, 1 or more
 * @returns milliseconds
 */
export function retryDelay(attempt: number, delays: RetryDelays): number {
  const full = Math.min(delays.longest, delays.first * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + Math.random() / 2));
}

/** Workers that may be killed over a job before it is set aside; with BullMQ's default, two. */
export const MAX_STALLED = 100;

/**
 * Worker settings of BullMQ under which a job whose worker dies is repeated, never dropped.
 *
 * @param defaultLockMs for options without `lockMs`
 */
export function workerOptions(
  options: JobWorkerOptions,
  defaultLockMs: number,
): Omit<WorkerOptions, 'connection'> & { readonly lockDuration: number } {
  const { concurrency, maxPerSecond, lockMs = defaultLockMs, retryDelayMs = RETRY_DELAYS } = options;
  return {
    concurrency,
    ...(maxPerSecond !== undefined && { limiter: { max: maxPerSecond, duration: 1_000 } }),
    lockDuration: lockMs,
    stalledInterval: Math.max(1_000, lockMs / 2),
    maxStalledCount: MAX_STALLED,
    // Wait after a lost connection; the default of 15 s would idle long after Redis is back.
    runRetryDelay: 1_000,
    settings: { backoffStrategy: (attempt) => retryDelay(attempt, retryDelayMs) },
  };
}
