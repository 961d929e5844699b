import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { createLogger } from '@sallyport/telemetry';
import { startRedis, until } from '@sallyport/testing';
import { connectRedisQueue, openEmbeddedQueue, type QueueBackend } from '../index';

const logger = createLogger('test', 'silent');

/** A place where jobs stay while a backend is closed and opened again. */
export interface Place {
  open(): QueueBackend;
  /** What happens to the place between two processes. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

async function redisPlace(): Promise<Place> {
  const redis = await startRedis();
  return {
    open: () => connectRedisQueue({ url: new Secret(redis.url) }, { prefix: '{test}' }, logger),
    crash: async () => {
      await redis.kill();
      await redis.restart();
    },
    remove: () => redis.stop(),
  };
}

async function embeddedPlace(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-queue-'));
  return {
    open: () => openEmbeddedQueue(dir, logger),
    crash: () => Promise.resolve(),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Repeats a call as the product does: while its backend comes back, one may still be refused or not be answered in time. */
export async function repeat<T>(call: () => Promise<T>): Promise<T> {
  let result: { readonly of: T } | undefined;
  await until(async () => {
    try {
      result = { of: await call() };
    } catch (error) {
      if (!(error instanceof SallyportError && error.code === 'unavailable')) throw error;
    }
    return result !== undefined;
  });
  return (result as unknown as { readonly of: T }).of;
}

/** The two kinds of backend, for `describe.each`. */
export const PLACES: [kind: string, makePlace: () => Promise<Place>][] = [
  ['redis', redisPlace],
  ['embedded Postgres', embeddedPlace],
];
