import { Secret } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { type RedisServer, startRedis, until } from '@sallyport/testing';
import { Redis } from 'ioredis';
import type { QueueBackend } from '../queue-backend.port';
import { DurabilityGuard } from './durability-guard';
import { connectRedisQueue } from './redis-queue-backend';

const logger = createLogger('test', 'silent');

describe(DurabilityGuard.name, () => {
  let redis: RedisServer;
  let admin: Redis;
  let warnings: jest.SpyInstance;
  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.url);
    // BullMQ's workers warn on the console too.
    warnings = jest.spyOn(console, 'warn').mockImplementation();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    admin.disconnect();
    await redis.stop();
  });

  describe('told by the policies of Redis', () => {
    let guard: DurabilityGuard;
    beforeEach(() => {
      guard = new DurabilityGuard(admin, logger);
    });
    afterEach(async () => {
      guard.stop();
      await admin.config('SET', 'maxmemory-policy', 'noeviction', 'appendonly', 'yes');
    });

    it.each([
      ['maxmemory-policy', 'noeviction', []],
      ['maxmemory-policy', 'allkeys-lru', [/may delete queued log records: maxmemory-policy is allkeys-lru/]],
      ['maxmemory-policy', 'volatile-ttl', [/may delete the locks .* maxmemory-policy is volatile-ttl/]],
      ['appendonly', 'no', [/die with Redis: it keeps no append-only file/]],
    ])('%s %s gives the alarms %j', async (setting, value, alarms) => {
      await admin.config('SET', setting, value);
      await guard.check();
      expect(guard.alarms).toEqual(alarms.map((alarm) => expect.stringMatching(alarm) as unknown));
      expect(guard.keepsKeys).toBe(setting !== 'maxmemory-policy' || value === 'noeviction');
    });

    it('promises nothing before Redis has told', async () => {
      expect([guard.keepsKeys, guard.alarms]).toEqual([false, []]);
      await guard.check();
      expect(guard.keepsKeys).toBe(true);
    });

    it('logs one line for each change', async () => {
      const lines: string[] = [];
      const write = (line: string): void => void lines.push(line);
      jest.spyOn(logger, 'error').mockImplementation(write as never);
      jest.spyOn(logger, 'info').mockImplementation(write as never);
      for (const policy of ['allkeys-lru', 'allkeys-lru', 'allkeys-lfu', 'noeviction']) {
        await admin.config('SET', 'maxmemory-policy', policy);
        await guard.check();
      }
      expect(lines).toEqual([
        expect.stringContaining('is allkeys-lru'),
        expect.stringContaining('is allkeys-lfu'),
        expect.stringMatching(/^No more: .*is allkeys-lru/),
        expect.stringMatching(/^No more: .*is allkeys-lfu/),
      ]);
    });
  });

  describe('in a queue', () => {
    let backend: QueueBackend;
    const connect = (onEvictingRedis: 'alarm' | 'refuse'): QueueBackend =>
      connectRedisQueue({ url: new Secret(redis.url) }, { prefix: `{${onEvictingRedis}}`, onEvictingRedis }, logger);
    afterEach(async () => {
      await backend.close();
      await admin.config('SET', 'maxmemory-policy', 'noeviction');
    });

    it('only raises an alarm when it is told to, and writes nothing else to the console', async () => {
      await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
      backend = connect('alarm');
      await until(() => backend.alarms().length > 0);
      expect(backend.isReady()).toBe(true);
      await backend.createQueue('logs').add('b-1', {});
      expect(warnings).not.toHaveBeenCalled();
    });

    it('gives nothing to a Redis that may delete it when it is told to refuse, and takes out what is there', async () => {
      backend = connect('refuse');
      await until(() => backend.isReady());
      const queue = backend.createQueue('logs');
      const books = backend.openBooks('logs');
      await books.enlist('b-1', 1);
      await queue.add('b-1', {});
      await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
      // It asks again whenever it connects.
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await until(() => backend.alarms().length > 0);
      expect(backend.isReady()).toBe(false);
      const refused = { code: 'unavailable', retryable: true };
      await expect(queue.add('b-2', {})).rejects.toMatchObject(refused);
      await expect(books.enlist('b-2', 1)).rejects.toMatchObject(refused);
      const settle = (id: string): Promise<void> => books.settle(id, { written: 1, deadLettered: 0 });
      const worker = backend.createWorker('logs', (job) => settle(job.id), { concurrency: 1 });
      await until(() => worker.progress.completed === 1);
      await worker.close(5_000);
      await admin.config('SET', 'maxmemory-policy', 'noeviction');
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await until(() => backend.isReady());
      await queue.add('b-2', {});
      expect(backend.alarms()).toEqual([]);
    });
  });
});
