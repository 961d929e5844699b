import type { RedisOptions } from 'ioredis';

/** Quick at first, so that a restarted Redis is used again at once; at most two seconds apart. */
function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 10), 2_000);
}

/**
 * Wait for the other side of a connection that is closed. ioredis also waits so long after one that is gone already,
 * and so keeps a process that is done from ending.
 */
const disconnectTimeout = 200;

/**
 * For adding jobs: every command fails fast. Without an offline queue nothing piles up in memory while Redis is away,
 * and a Redis that hangs ends in a command time-out.
 */
export const PRODUCER_CONNECTION = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 2_000,
  connectTimeout: 2_000,
  disconnectTimeout,
  keepAlive: 10_000,
  retryStrategy,
} satisfies RedisOptions;

/** For looking at queues: as for adding, and without BullMQ's first question to Redis, whose failure would last. */
export const BOARD_CONNECTION = { ...PRODUCER_CONNECTION, skipVersionCheck: true };

/**
 * For a worker: commands wait for Redis as long as it takes. No command time-out, as taking a job is a command that
 * blocks until there is one.
 */
export const WORKER_CONNECTION = {
  enableOfflineQueue: true,
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
  disconnectTimeout,
  keepAlive: 10_000,
  retryStrategy,
} satisfies RedisOptions;
