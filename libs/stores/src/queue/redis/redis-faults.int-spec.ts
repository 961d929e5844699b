import { Secret } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { type RedisServer, startRedis, until } from '@sallyport/testing';
import { Redis } from 'ioredis';
import { TestProcess } from '../../process/child-process.fixture';
import type { JobProcessor, JobQueue, JobWorker, QueueBackend, QueueBooks } from '../queue-backend.port';
import { repeat } from '../queue-places.fixture';
import { connectRedisQueue } from './redis-queue-backend';

const logger = createLogger('test', 'silent');
const away = { code: 'unavailable', retryable: true };
const empty = { waiting: 0, active: 0, delayed: 0, failed: 0 };

/** Begins to look at its lock whenever it has a job, and tells what it finds. */
const LOOKING_WORKER = `
  const { connectRedisQueue } = require('@sallyport/stores');
  const { Secret } = require('@sallyport/config');
  const { createLogger } = require('@sallyport/telemetry');
  const backend = connectRedisQueue({ url: new Secret(process.argv[1]) }, { prefix: '{test}' }, createLogger('child', 'silent'));
  const tell = (line) => require('node:fs').writeSync(1, line + '\\n');
  backend.createWorker('logs', async (job) => {
    for (;;) {
      await job.keep().then(() => tell('kept'), (error) => tell(error.message));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, { concurrency: 1, lockMs: 1000 });
`;

/** Takes jobs, tells their attempts, and never ends one. */
const STUCK_WORKER = `
  const { connectRedisQueue } = require('@sallyport/stores');
  const { Secret } = require('@sallyport/config');
  const { createLogger } = require('@sallyport/telemetry');
  const backend = connectRedisQueue({ url: new Secret(process.argv[1]) }, { prefix: '{test}' }, createLogger('child', 'silent'));
  backend.createWorker('logs', (job) => {
    process.stdout.write(job.id + ' ' + job.attempt + '\\n');
    return new Promise(() => undefined);
  }, { concurrency: 1, lockMs: 1000 });
`;

describe('a queue on a Redis that fails', () => {
  let redis: RedisServer;
  let admin: Redis;
  let backend: QueueBackend;
  let queue: JobQueue<string>;
  let books: QueueBooks;
  let workers: JobWorker[];

  function work(processor: JobProcessor<string>, lockMs = 60_000): JobWorker {
    const options = { concurrency: 1, lockMs, retryDelayMs: { first: 10, longest: 20 } };
    const worker = backend.createWorker('logs', processor, options);
    workers.push(worker);
    return worker;
  }

  beforeEach(async () => {
    redis = await startRedis();
    admin = new Redis(redis.url);
    backend = connectRedisQueue({ url: new Secret(redis.url) }, { prefix: '{test}' }, logger);
    await until(() => backend.isReady());
    queue = backend.createQueue('logs');
    books = backend.openBooks('logs');
    workers = [];
  });
  afterEach(async () => {
    await TestProcess.killAll();
    await Promise.all(workers.map((worker) => worker.close(0)));
    admin.disconnect();
    await backend.close();
    await redis.stop();
  });

  it('ends every call while Redis hangs, and counts once what is repeated', async () => {
    await queue.add('b-0', 'there before');
    await books.enlist('b-0', 3);
    redis.pause();
    const hung = await Promise.allSettled([
      queue.add('b-1', 'ambiguous'),
      queue.counts(),
      Array.fromAsync(queue.list('waiting', 0, 10)),
      queue.remove('b-gone'),
      queue.retry('b-gone'),
      books.enlist('b-1', 2),
      books.replay('b-2', 1),
      books.settle('b-0', { written: 3, deadLettered: 0 }),
      books.totals(),
    ]);
    expect(hung.map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual(
      hung.map(() => expect.objectContaining(away) as unknown),
    );
    redis.resume();
    await repeat(() => queue.add('b-1', 'ambiguous'));
    await repeat(() => books.enlist('b-1', 2));
    await repeat(() => books.replay('b-2', 1));
    await repeat(() => books.settle('b-0', { written: 3, deadLettered: 0 }));
    expect(await queue.counts()).toEqual({ ...empty, waiting: 2 });
    expect(await books.totals()).toMatchObject({ written: 3, deadLettered: 0, replayed: 1, waiting: 3 });
  });

  it('ends the update of a job while Redis hangs, and does the job in the end', async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const failures: unknown[] = [];
    const seen: string[] = [];
    const worker = work(async (job) => {
      seen.push(job.data);
      if (seen.length > 1) return;
      begun.resolve();
      await go.promise;
      await job.update('rest').catch((error: unknown) => failures.push(error));
      throw new Error('not done');
    });
    await queue.add('b-1', 'all');
    await begun.promise;
    redis.pause();
    go.resolve();
    await until(() => failures.length === 1);
    redis.resume();
    await until(() => worker.progress.completed === 1);
    expect(failures).toEqual([expect.objectContaining(away)]);
    // The update may have landed or not: either way the next try knows no less than there is to do.
    expect(seen).toEqual(['all', expect.stringMatching(/^(all|rest)$/)]);
  });

  it('takes no jobs while the memory of Redis is full, gives those that it has, and takes jobs again', async () => {
    await queue.add('b-1', 'there before');
    await books.enlist('b-1', 1);
    await admin.config('SET', 'maxmemory', '1mb');
    await expect(queue.add('b-2', 'too much')).rejects.toMatchObject(away);
    await expect(books.enlist('b-2', 1)).rejects.toMatchObject(away);
    expect(await queue.counts()).toEqual({ ...empty, waiting: 1 });
    await books.settle('b-1', { written: 1, deadLettered: 0 });
    expect(await books.totals()).toMatchObject({ written: 1, waiting: 0 });
    await admin.config('SET', 'maxmemory', '0');
    await queue.add('b-2', 'fits');
    await books.enlist('b-2', 1);
    const worker = work(() => Promise.resolve());
    await until(() => worker.progress.completed === 2);
    expect(await books.totals()).toMatchObject({ written: 1, waiting: 1 });
  });

  it('keeps a job over which worker after worker is killed', async () => {
    await queue.add('b-1', 'survivor');
    for (let kills = 0; kills < 3; kills++) {
      const child = new TestProcess(STUCK_WORKER, redis.url);
      await child.told(1);
      expect(child.lines).toEqual(['b-1 1']);
      await child.kill();
    }
    const seen: string[] = [];
    const worker = work((job) => Promise.resolve(void seen.push(job.data)), 1_000);
    await until(() => worker.progress.completed === 1);
    expect(seen).toEqual(['survivor']);
    expect(await queue.counts()).toEqual(empty);
  });

  it('tells a worker that was frozen for longer than its lock that another has its job', async () => {
    await queue.add('b-1', 'taken twice');
    const child = new TestProcess(LOOKING_WORKER, redis.url);
    await until(() => child.lines.includes('kept'));
    child.freeze();
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const worker = work(() => {
      begun.resolve();
      return end.promise;
    }, 1_000);
    await begun.promise;
    child.thaw();
    await until(() => child.lines.includes('The worker has lost the job'));
    const since = child.lines.indexOf('The worker has lost the job');
    await child.told(since + 10);
    expect(child.lines.slice(since)).not.toContain('kept');
    end.resolve();
    await until(() => worker.progress.completed === 1);
  });

  it('goes on when the connections of a worker are cut, while it waits and while it works', async () => {
    const begun: string[] = [];
    const held = Promise.withResolvers<void>();
    const worker = work(async (job) => {
      begun.push(job.data);
      if (job.data === 'held') await held.promise;
    });
    // A cut is noticed a moment after it, and an add in between fails.
    const add = (id: string, data: string): Promise<void> => repeat(() => queue.add(id, data));
    await add('b-1', 'first');
    await until(() => worker.progress.completed === 1);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await add('b-2', 'held');
    await until(() => begun.length === 2);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    held.resolve();
    await add('b-3', 'last');
    await until(() => worker.progress.completed === 3);
    expect(begun).toEqual(['first', 'held', 'last']);
  });
});
