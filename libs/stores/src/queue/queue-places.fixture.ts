import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { startRedis } from '@sallyport/testing';
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

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

/** The two kinds of backend, for `describe.each`. */
export const PLACES: [kind: string, makePlace: () => Promise<Place>][] = [
  ['redis', redisPlace],
  ['embedded Postgres', embeddedPlace],
];
