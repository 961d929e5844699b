import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, Secret, type LogIngestSettings } from '@sallyport/config';
import { openRecordStore, RecordLog, type RecordStore } from '@sallyport/logging';
import { createLogger } from '@sallyport/telemetry';
import { ScriptedUpstream, startRedis, until } from '@sallyport/testing';
import type { QueueBackend } from '@sallyport/stores';
import { startLogIngest } from '../src';
import { entryOf, IngestHarness, MASTER_KEY, settingsFor } from './ingest-harness';

describe.each<QueueBackend['kind']>(['redis', 'embedded-postgres'])('log-ingest on %s', (kind) => {
  let harness: IngestHarness;
  let store: RecordStore;
  let log: RecordLog;

  beforeAll(async () => {
    harness = await IngestHarness.start(kind);
    store = openRecordStore(settingsFor(harness.files.url, harness.dir).recordStore);
    log = RecordLog.open({
      dir: join(harness.dir, 'outbox'),
      queue: harness.queue,
      books: harness.books,
      store,
      batch: { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 20, maxInlineBytes: 1_000_000, maxQueuedBatches: 100 },
      outbox: { maxBytes: 100_000_000, maxRecords: 100_000, onFull: 'block', ledgerDays: 1, ledgerMaxRecords: 1e6 },
      logger: createLogger('test', 'silent'),
    });
  });
  afterAll(async () => {
    await log.close(1_000);
    await store.close();
    await harness.close();
  });

  const filesOfDay = (): Promise<string[]> => harness.filesOfDay();
  const metric = (name: string): Promise<string | undefined> => harness.metric(name);
  const startTime = Date.UTC(2026, 10, 21, 12) / 1000;
  it('brings records from the outbox to files', async () => {
    for (let n = 0; n < 25; n++) await log.append({ id: `id/${n}`, litellm_call_id: `call-${n}`, startTime });
    await until(async () => (await filesOfDay()).length === 25);
    expect(await readFile(join(harness.folder, 'id_7.json'), 'utf8')).toBe(
      `{"id":"id/7","litellm_call_id":"call-7","startTime":${startTime}}`,
    );
    await until(async () => (await metric('log_ingest_records_total{outcome="written"}'))?.endsWith(' 25') === true);
    await until(async () => (await metric('log_records_written_total'))?.endsWith(' 25') === true);
    expect(await metric('log_queue_records')).toBe('log_queue_records 0');
    expect(await metric('log_queue_oldest_seconds')).toBe('log_queue_oldest_seconds 0');
  });

  it('keeps two records with one id, and sets a record aside that is too large for the file server', async () => {
    await log.append({ id: 'same', litellm_call_id: 'call-1', startTime, ...{ text: 'one' } });
    await until(async () => (await filesOfDay()).includes('same.json'));
    await log.append({ id: 'same', litellm_call_id: 'call-2', startTime, ...{ text: 'two' } });
    await log.append({ id: 'large', litellm_call_id: 'call-3', startTime, ...{ text: 'x'.repeat(200_000) } });
    await until(async () => (await filesOfDay()).includes('same.call-2.json'));
    await until(async () => (await metric('log_dead_letters')) === 'log_dead_letters 1');
    await until(async () => (await metric('log_records_dead_lettered_total'))?.endsWith(' 1') === true);
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
      if (n === 50) await harness.files.kill();
    }
    await harness.files.restart();
    const expected = [...before, ...Array.from({ length: 100 }, (_, n) => `killed-${n}.json`)];
    await until(async () => (await filesOfDay()).length >= expected.length);
    expect((await filesOfDay()).sort()).toEqual(expected.sort());
    for (const name of await filesOfDay()) {
      const text = await readFile(join(harness.folder, name), 'utf8');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  });

  it('says at once when the place takes nothing, and when it takes records again', async () => {
    await harness.files.kill();
    await log.append({ id: 'refused', litellm_call_id: 'call-5', startTime });
    await until(async () => (await metric('log_place_ready')) === 'log_place_ready 0');
    await harness.files.restart();
    await until(async () => (await metric('log_place_ready')) === 'log_place_ready 1');
    await until(async () => (await filesOfDay()).includes('refused.json'));
  });

  it('is alive and ready', async () => {
    expect((await harness.call('/livez')).status).toBe(200);
    expect((await harness.call('/readyz')).status).toBe(200);
    expect(await metric('log_queue_ready')).toBe('log_queue_ready 1');
    expect(await metric('log_queue_alarms')).toBe('log_queue_alarms 0');
  });

  if (kind === 'redis') {
    it('stays alive without Redis, and goes on when it is back', async () => {
      await harness.redis?.kill();
      await until(async () => (await harness.call('/readyz')).status === 503);
      expect((await harness.call('/livez')).status).toBe(200);
      for (const name of ['log_queue_jobs{', 'log_records_written_total ', 'log_queue_records ', 'log_dead_letters ']) {
        expect([name, await metric(name)]).toEqual([name, undefined]);
      }
      await log.append({ id: 'during', litellm_call_id: 'call-4', startTime });
      await harness.redis?.restart();
      await until(async () => (await filesOfDay()).includes('during.json'));
      await until(async () => (await harness.call('/readyz')).status === 200);
    });
  }
});

describe(startLogIngest.name, () => {
  let dir: string;
  beforeAll(async () => (dir = await mkdtemp(join(tmpdir(), 'sallyport-ingest-'))));
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** What a test opened is closed whatever became of it: an open connection would keep the run from ending. */
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });
  const startHarness = async (changes?: Partial<LogIngestSettings>): Promise<IngestHarness> => {
    const harness = await IngestHarness.start('redis', changes);
    opened.push(() => harness.close());
    return harness;
  };

  it('refuses to start alone without Redis', async () => {
    await expect(startLogIngest(settingsFor('http://127.0.0.1:1', dir))).rejects.toThrow(ConfigurationError);
  });

  it('starts with a wrong token, says so and stays alive', async () => {
    const harness = await startHarness();
    const settings = settingsFor(harness.files.url, harness.dir, harness.redis?.url);
    const recordStore = { ...settings.recordStore, token: new Secret('wrong') };
    const misconfigured = await startLogIngest({ ...settings, recordStore });
    opened.push(() => misconfigured.close());
    const readiness = async (): Promise<string> => (await fetch(`${misconfigured.url}/readyz`)).text();
    await until(async () => (await readiness()).includes('FILE_SERVER_AUTH_TOKEN'));
    expect((await fetch(`${misconfigured.url}/livez`)).status).toBe(200);
  });

  it('finishes the batch under way before it ends, and answers probes until then', async () => {
    const place = await ScriptedUpstream.start();
    opened.push(() => place.close());
    const hold = Promise.withResolvers<void>();
    place.script(async ({ method }) => {
      if (method === 'GET') return { body: { files: [], next_cursor: null } };
      await hold.promise;
      return { status: 202, body: { created: true } };
    });
    const recordStore = { ...settingsFor(place.url, dir).recordStore };
    // However slow the machine, the batch is not cut off.
    const listen = { host: '127.0.0.1', port: 0, drainMs: 100_000 };
    const harness = await startHarness({ recordStore, listen });
    await harness.enqueue('b-1', entryOf('a', 'c1'));
    await until(async () => (await harness.queue.counts()).active === 1);
    const closing = harness.ingest.close();
    await harness.enqueue('b-2', entryOf('b', 'c2'));
    expect((await harness.call('/livez')).status).toBe(200);
    expect((await harness.call('/metrics')).status).toBe(200);
    hold.resolve();
    await closing;
    // A second batch may have been taken before the worker heard of its end; it is finished then, too.
    const { written, waiting } = await harness.books.totals();
    expect(written).toBeGreaterThanOrEqual(1);
    expect(written + waiting).toBe(2);
    expect(await harness.queue.counts()).toMatchObject({ waiting, active: 0 });
  });

  it('is not ready on a Redis that evicts keys when such a Redis is refused', async () => {
    const redis = await startRedis({ maxmemoryPolicy: 'allkeys-lru' });
    opened.push(() => redis.stop());
    const settings = settingsFor('http://127.0.0.1:1', dir, redis.url);
    const app = await startLogIngest({ ...settings, queue: { ...settings.queue, onEvictingRedis: 'refuse' } });
    opened.push(() => app.close());
    const readiness = async (): Promise<string> => (await fetch(`${app.url}/readyz`)).text();
    await until(async () => (await readiness()).includes('maxmemory-policy is allkeys-lru'));
  });

  it('describes its calls, each with an example', async () => {
    const harness = await startHarness();
    const document = (await (await harness.call('/docs-json')).json()) as { paths: Record<string, object> };
    const paths = ['/v1/logs/queued', '/v1/logs/dead-letters', '/v1/logs/replay'];
    for (const path of paths) expect(JSON.stringify(document.paths[path])).toContain('"example":{');
    expect(Object.keys(document.paths).filter((path) => path.startsWith('/queues'))).toEqual([]);
    for (const path of paths) {
      const init = path.endsWith('replay') ? { method: 'POST' } : {};
      expect([path, (await harness.call(path, init)).status]).toEqual([path, 401]);
      const headers = { 'x-api-key': MASTER_KEY };
      expect([path, (await harness.call(path, { ...init, headers })).status]).toEqual([path, 200]);
    }
    expect((await harness.ask('/v1/logs/queued?count=1000')).status).toBe(422);
    expect((await harness.ask('/v1/logs/queued?start=-1')).status).toBe(422);
  });
});
