import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '@sallyport/config';
import {
  connectRedisQueue,
  openEmbeddedQueue,
  type JobQueue,
  type JobWorker,
  type QueueBackend,
  type QueueBooks,
} from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import {
  type RecordedRequest,
  type RedisServer,
  type ScriptedReply,
  ScriptedUpstream,
  startRedis,
  until,
} from '@sallyport/testing';
import { deadLetterQueueName, type DeadLetter, type LogBatch } from './entry/log-entry';
import type { SerialisableRecord } from './entry/serialise-record';
import { SETTINGS } from './outbox/outbox.fixture';
import { RecordLog } from './record-log';
import { BatchWriter } from './writing/batch/batch-writer';
import { DeadLetterFile } from './writing/batch/dead-letter-file';
import { FileServerDouble } from './writing/conformance/file-server-double.fixture';
import type { RecordStore } from './writing/record-store.port';

const logger = createLogger('test', 'silent');
const DAY = Date.UTC(2026, 10, 21) / 1000;
const BATCH = { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 20, maxInlineBytes: 50_000, maxQueuedBatches: 100 };
/** Longer than any answer of a server that answers: a write that is given up too early is repeated, and counted so. */
const PATIENT_MS = 60_000;

interface TestRecord extends SerialisableRecord {
  readonly text: string;
}

/** A file server that refuses one path for good. */
class RefusingFileServer extends FileServerDouble {
  refused: string | undefined;

  static override async start(): Promise<RefusingFileServer> {
    return new RefusingFileServer(await ScriptedUpstream.start());
  }

  protected override answer(request: RecordedRequest): ScriptedReply {
    const isRefused = this.refused !== undefined && request.body.includes(`"${this.refused}"`);
    return isRefused ? this.refuse(422) : super.answer(request);
  }
}

describe.each(['redis', 'embedded Postgres'])('the log pipeline on %s', (kind) => {
  let dir: string;
  let redis: RedisServer | undefined;
  let backend: QueueBackend;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-pipeline-'));
    if (kind === 'redis') redis = await startRedis();
    backend =
      redis === undefined
        ? openEmbeddedQueue(join(dir, 'queue'), logger)
        : connectRedisQueue({ url: new Secret(redis.url) }, { prefix: '{test}' }, logger);
  });
  afterAll(async () => {
    await backend.close();
    await redis?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  let place: RefusingFileServer;
  let name: string;
  let runs = 0;
  let books: QueueBooks;
  let log: RecordLog;
  let store: RecordStore;
  let worker: JobWorker;
  let batches: BatchWriter;
  let deadLetters: JobQueue<DeadLetter>;

  beforeEach(async () => {
    name = `logs-${runs++}`;
    place = await RefusingFileServer.start();
    books = backend.openBooks(name);
    deadLetters = backend.createQueue(deadLetterQueueName(name));
  });
  afterEach(async () => {
    await log.close(0);
    await worker.close(5_000);
    await store.close();
    await place.stop();
  });

  /** Begins to ship, and to write what the queue holds. */
  const start = (timeoutMs = PATIENT_MS): void => {
    store = place.open({ timeoutMs });
    log = openLog(backend.createQueue(name));
    batches = new BatchWriter(store, deadLetters, books, new DeadLetterFile(join(dir, `${name}-dead`)));
    const retryDelayMs = { first: 20, longest: 100 };
    const options = { concurrency: 2, retryDelayMs };
    worker = backend.createWorker<LogBatch>(name, (job) => batches.write(job), options);
  };
  const openLog = (queue: Pick<JobQueue<LogBatch>, 'add' | 'counts'>): RecordLog =>
    RecordLog.open({ dir: join(dir, name), queue, books, store, batch: BATCH, outbox: SETTINGS, logger });

  const record = (n: number, text = `record ${n} \0 \ud800 "é"`): TestRecord => ({
    id: `chatcmpl-${n}`,
    litellm_call_id: `call-${n}`,
    startTime: DAY,
    text,
  });
  const appendAll = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n++) await log.append(record(n));
  };
  const filesSorted = (): [string, string][] =>
    [...place.files].map(([path, text]) => [path, text.toString('utf8')] as [string, string]).sort();
  const settled = async (records: number): Promise<void> => {
    await until(async () => {
      const { written, deadLettered } = await books.totals().catch(() => ({ written: 0, deadLettered: 0 }));
      return written + deadLettered >= records;
    });
    await until(() => log.depth().records === 0);
  };
  /** The files are those of records 0 to `count`, each once, and the books say so. */
  const expectExactly = async (count: number): Promise<void> => {
    await settled(count);
    const expected = Array.from({ length: count }, (_, n) => record(n)).map((one): [string, string] => [
      `2026-11-21/${one.id}.json`,
      JSON.stringify(one),
    ]);
    expect(filesSorted()).toEqual(expected.sort());
    expect(log.counts()).toEqual({ accepted: count, queued: count, shed: 0 });
    expect(await books.totals()).toMatchObject({ written: count, deadLettered: 0, waiting: 0, replayed: 0 });
  };

  it('brings every record to its file, byte for byte', async () => {
    start();
    await appendAll(0, 55);
    await expectExactly(55);
    expect(batches.counts.written).toBe(55);
  });

  it.each<[fault: string, timeoutMs: number]>([
    ['answers 500', PATIENT_MS],
    ['answers 429', PATIENT_MS],
    ['answers 403', PATIENT_MS],
    ['hangs', 1_000],
    ['breaks connections', PATIENT_MS],
    ['stores, but breaks the connection before it answers', PATIENT_MS],
  ])('loses and doubles nothing while the file server %s', async (fault, timeoutMs) => {
    start(timeoutMs);
    await place.faults[fault]?.();
    await appendAll(0, 25);
    await until(() => worker.progress.retried >= 2);
    place.mend();
    await expectExactly(25);
    expect(worker.progress.failed).toBe(0);
  });

  it('keeps both of two records with one id', async () => {
    start();
    await log.append(record(1, 'first'));
    await settled(1);
    await log.append({ ...record(1, 'second'), litellm_call_id: 'call-2' });
    await settled(2);
    expect(filesSorted().map(([path]) => path)).toEqual([
      '2026-11-21/chatcmpl-1.call-2.json',
      '2026-11-21/chatcmpl-1.json',
    ]);
  });

  it('sets a record aside that the file server will never take, and writes the others', async () => {
    start();
    place.refused = '2026-11-21/chatcmpl-13.json';
    await appendAll(0, 20);
    await settled(20);
    expect(place.files.size).toBe(19);
    expect((await deadLetters.counts()).waiting).toBe(1);
    expect(await books.totals()).toMatchObject({ written: 19, deadLettered: 1, waiting: 0 });
    expect(worker.progress).toMatchObject({ retried: 0, failed: 0 });
  });

  it('brings a record past the queue that is too large for it, and waits with it while its place is away', async () => {
    start();
    const large = 'x'.repeat(BATCH.maxInlineBytes);
    await place.faults['breaks connections']?.();
    await log.append(record(0, large));
    await until(() => place.traffic.writes >= 2);
    expect(log.counts()).toEqual({ accepted: 1, queued: 0, shed: 0 });
    place.mend();
    await settled(1);
    expect(filesSorted()).toEqual([['2026-11-21/chatcmpl-0.json', JSON.stringify(record(0, large))]]);
    expect(await books.totals()).toMatchObject({ written: 1, waiting: 0 });
  });

  it('ships what an earlier run left in the outbox', async () => {
    start();
    await log.close(0);
    const away = { add: () => Promise.reject(new Error('away')), counts: () => Promise.reject(new Error('away')) };
    log = openLog(away);
    await appendAll(0, 15);
    await log.close(0);
    log = openLog(backend.createQueue(name));
    await expectExactly(15);
  });

  // The embedded queue has no server of its own that could fail; a killed process is tested with it.
  if (kind === 'redis') {
    it('loses and doubles nothing while Redis is killed and frozen', async () => {
      start();
      await appendAll(0, 20);
      await redis?.kill();
      await appendAll(20, 60);
      await redis?.restart();
      await appendAll(60, 80);
      redis?.pause();
      await appendAll(80, 120);
      await sleep(2_500);
      redis?.resume();
      await appendAll(120, 140);
      await expectExactly(140);
      expect(worker.progress.failed).toBe(0);
    });
  }
});
