import { Secret } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { freePort, type RedisServer, startRedis, until } from '@sallyport/testing';
import type { QueueBackend } from '../queue-backend.port';
import { repeat } from '../queue-places.fixture';
import { connectRedisQueue } from './redis-queue-backend';

const logger = createLogger('test', 'silent');
const connect = (url: string): QueueBackend =>
  connectRedisQueue({ url: new Secret(url) }, { prefix: '{test}' }, logger);
const away = { code: 'unavailable', retryable: true };

describe('a Redis that was never up', () => {
  it('refuses jobs at once and closes, workers too', async () => {
    const backend = connect(`redis://127.0.0.1:${await freePort()}`);
    const queue = backend.createQueue('logs');
    const worker = backend.createWorker('logs', () => Promise.resolve(), { concurrency: 1 });
    expect(backend.isReady()).toBe(false);
    await expect(queue.add('b-1', {})).rejects.toMatchObject(away);
    await expect(queue.counts()).rejects.toMatchObject(away);
    backend.openBoardQueue('logs');
    await worker.close(1_000);
    await backend.close();
  });
});

describe('a Redis that fails', () => {
  let redis: RedisServer;
  let backend: QueueBackend;
  let late: QueueBackend | undefined;
  beforeEach(async () => {
    redis = await startRedis();
    backend = connect(redis.url);
    late = undefined;
    await until(() => backend.isReady());
  });
  afterEach(async () => {
    await late?.close();
    await backend.close();
    await redis.stop();
  });

  it('is used again, by queue and worker, when it is back', async () => {
    const queue = backend.createQueue<string>('logs');
    const seen: string[] = [];
    const worker = backend.createWorker<string>('logs', (job) => Promise.resolve(void seen.push(job.data)), {
      concurrency: 1,
    });
    await queue.add('b-1', 'before');
    await until(() => seen.length === 1);
    await redis.kill();
    await until(() => !backend.isReady());
    await expect(queue.add('b-2', 'during')).rejects.toMatchObject(away);
    await redis.restart();
    await repeat(() => queue.add('b-2', 'after'));
    await until(() => seen.length === 2);
    expect(seen).toEqual(['before', 'after']);
    await worker.close(5_000);
  });

  it('shows a board that was opened while it was away, when it is back', async () => {
    await backend.createQueue('logs').add('b-1', {});
    await redis.kill();
    const opened = (late = connect(redis.url));
    const board = opened.openBoardQueue('logs');
    const counts = board.getJobCounts('waiting');
    await redis.restart();
    expect(await counts).toEqual({ waiting: 1 });
    await redis.kill();
    await until(() => !opened.isReady());
    await redis.restart();
    await until(() => opened.isReady());
    await until(() =>
      board.getJobs(['waiting']).then(
        (jobs) => jobs.length === 1,
        () => false,
      ),
    );
  });

  it('gives up on a Redis that hangs, and the repeated add makes one job', async () => {
    const queue = backend.createQueue<string>('logs');
    await queue.add('b-0', 'first contact');
    redis.pause();
    await expect(queue.add('b-1', 'ambiguous')).rejects.toMatchObject(away);
    redis.resume();
    await repeat(() => queue.add('b-1', 'ambiguous'));
    expect((await queue.counts()).waiting).toBe(2);
  });

  it('recovers from a first contact that failed', async () => {
    const queue = backend.createQueue<string>('logs');
    redis.pause();
    await expect(queue.add('b-1', 'ambiguous')).rejects.toMatchObject(away);
    redis.resume();
    await repeat(() => queue.add('b-1', 'ambiguous'));
    expect((await queue.counts()).waiting).toBe(1);
  });
});
