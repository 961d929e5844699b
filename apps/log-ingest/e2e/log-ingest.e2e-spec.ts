import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, Secret, type LogIngestSettings } from '@sallyport/config';
import { RecordLog } from '@sallyport/logging';
import type { RunningApp } from '@sallyport/platform';
import { connectRedisQueue, openEmbeddedQueue, type QueueBackend } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import { startRedis, type RedisServer } from '@sallyport/testing';
import { startLogIngest } from '../src';
import { FileServerProcess } from './file-server-process';

const logger = createLogger('test', 'silent');
const listen = { host: '127.0.0.1', port: 0, drainMs: 5_000 };
const token = new Secret('token-1');

function settingsFor(fileServerUrl: string, redisUrl?: string): LogIngestSettings {
  return {
    listen,
    redis: redisUrl === undefined ? undefined : { url: new Secret(redisUrl) },
    queue: { prefix: '{test}', name: 'logs' },
    fileServer: { url: fileServerUrl, token, pathPrefix: 'logs/', mode: 'async', timeoutMs: 60_000 },
    concurrency: 2,
    logLevel: 'silent',
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

describe.each(['redis', 'embedded Postgres'])('log-ingest on %s', (kind) => {
  let dir: string;
  let redis: RedisServer | undefined;
  let queue: QueueBackend;
  let files: FileServerProcess;
  let ingest: RunningApp;
  let log: RecordLog;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-ingest-'));
    if (kind === 'redis') redis = await startRedis();
    queue =
      redis === undefined
        ? openEmbeddedQueue(join(dir, 'queue'), logger)
        : connectRedisQueue({ url: new Secret(redis.url) }, { prefix: '{test}' }, logger);
    files = await FileServerProcess.start(join(dir, 'files'), token.reveal(), 100_000);
    // On Redis the app opens its own connections, as it does as a process of its own.
    ingest = await startLogIngest(settingsFor(files.url, redis?.url), redis === undefined ? { queue } : {});
    const batch = { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 20 };
    log = RecordLog.open({ dir: join(dir, 'outbox'), queue: queue.createQueue('logs'), batch, logger });
  });
  afterAll(async () => {
    await log.close(1_000);
    await ingest.close();
    await files.kill();
    await queue.close();
    await redis?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const day = join('files', 'logs', '2026-11-21');
  const startTime = Date.UTC(2026, 10, 21, 12) / 1000;
  const filesOfDay = (): Promise<string[]> => readdir(join(dir, day)).catch(() => []);
  const metric = async (name: string): Promise<string | undefined> => {
    const text = await (await fetch(`${ingest.url}/metrics`)).text();
    return text.split('\n').find((line) => line.startsWith(name));
  };

  it('brings records from the outbox to files', async () => {
    for (let n = 0; n < 25; n++) await log.append({ id: `id/${n}`, litellm_call_id: `call-${n}`, startTime });
    await until(async () => (await filesOfDay()).length === 25);
    expect(await readFile(join(dir, day, 'id_7.json'), 'utf8')).toBe(
      `{"id":"id/7","litellm_call_id":"call-7","startTime":${startTime}}`,
    );
    await until(async () => (await metric('log_ingest_records_total{outcome="written"}'))?.endsWith(' 25') === true);
    await until(async () => (await metric('log_queue_jobs{state="active"}'))?.endsWith(' 0') === true);
  });

  it('keeps two records with one id, and sets a record aside that is too large for the file server', async () => {
    await log.append({ id: 'same', litellm_call_id: 'call-1', startTime, ...{ text: 'one' } });
    await until(async () => (await filesOfDay()).includes('same.json'));
    await log.append({ id: 'same', litellm_call_id: 'call-2', startTime, ...{ text: 'two' } });
    await log.append({ id: 'large', litellm_call_id: 'call-3', startTime, ...{ text: 'x'.repeat(200_000) } });
    await until(async () => (await filesOfDay()).includes('same.call-2.json'));
    await until(async () => (await metric('log_dead_letters')) === 'log_dead_letters 1');
    // A file or a dead letter may be there before the answer to it is.
    for (const outcome of ['dead_lettered', 'written_beside']) {
      await until(
        async () => (await metric(`log_ingest_records_total{outcome="${outcome}"}`))?.endsWith(' 1') === true,
      );
    }
  });

  it('loses and doubles nothing while the file server is killed', async () => {
    const before = await filesOfDay();
    for (let n = 0; n < 100; n++) {
      await log.append({ id: `killed-${n}`, litellm_call_id: `call-${n}`, startTime, ...{ text: 'x'.repeat(5_000) } });
      if (n === 50) await files.kill();
    }
    await files.restart();
    const expected = [...before, ...Array.from({ length: 100 }, (_, n) => `killed-${n}.json`)];
    await until(async () => (await filesOfDay()).length >= expected.length);
    expect((await filesOfDay()).sort()).toEqual(expected.sort());
    for (const name of await filesOfDay()) {
      const text = await readFile(join(dir, day, name), 'utf8');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  });

  it('is alive and ready', async () => {
    expect((await fetch(`${ingest.url}/livez`)).status).toBe(200);
    expect((await fetch(`${ingest.url}/readyz`)).status).toBe(200);
    expect(await metric('log_queue_ready')).toBe('log_queue_ready 1');
    expect(await metric('log_queue_alarms')).toBe('log_queue_alarms 0');
  });

  if (kind === 'redis') {
    it('stays alive without Redis, and goes on when it is back', async () => {
      await redis?.kill();
      await until(async () => (await fetch(`${ingest.url}/readyz`)).status === 503);
      expect((await fetch(`${ingest.url}/livez`)).status).toBe(200);
      expect(await metric('log_queue_jobs{')).toBeUndefined();
      await log.append({ id: 'during', litellm_call_id: 'call-4', startTime });
      await redis?.restart();
      await until(async () => (await filesOfDay()).includes('during.json'));
      await until(async () => (await fetch(`${ingest.url}/readyz`)).status === 200);
    });
  }
});

describe(startLogIngest.name, () => {
  it('refuses to start alone without Redis', async () => {
    await expect(startLogIngest(settingsFor('http://127.0.0.1:1'))).rejects.toThrow(ConfigurationError);
  });
});
