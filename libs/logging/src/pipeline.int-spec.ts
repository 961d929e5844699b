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
} from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import { ScriptedUpstream, startRedis, type RedisServer, type ReplyScript } from '@sallyport/testing';
import { deadLetterQueueName, type DeadLetter } from './entry/log-entry';
import type { SerialisableRecord } from './entry/serialise-record';
import { RecordLog } from './record-log';
import { BatchWriter } from './writing/batch-writer';
import { FileServerWriter } from './writing/file-server-writer';

const logger = createLogger('test', 'silent');
const DAY = Date.UTC(2026, 10, 21) / 1000;
/** Longer than any answer of a server that answers: a write that is given up too early is repeated, and counted so. */
const PATIENT_MS = 60_000;

interface TestRecord extends SerialisableRecord {
  readonly text: string;
}

/** A file server in memory, with the rules of the real one. */
class FileServerDouble {
  readonly files = new Map<string, string>();
  /** Answers in place of the server while it returns something. */
  fault: ReplyScript | undefined;
  /** A path that is refused for good. */
  refused: string | undefined;

  readonly script: ReplyScript = (request) => {
    if (this.fault !== undefined) return this.fault(request);
    const { path, content } = JSON.parse(request.body.toString('utf8')) as { path: string; content: unknown };
    if (path === this.refused) return { status: 422 };
    const text = JSON.stringify(content);
    const present = this.files.get(path);
    if (present !== undefined && present !== text) return { status: 409 };
    this.files.set(path, text);
    return { status: 201, body: { created: present === undefined } };
  };
}

describe.each(['redis', 'embedded Postgres'])('the log pipeline on %s', (kind) => {
  let dir: string;
  let redis: RedisServer | undefined;
  let backend: QueueBackend;
  let server: ScriptedUpstream;
  const files = new FileServerDouble();

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-pipeline-'));
    if (kind === 'redis') redis = await startRedis();
    backend =
      redis === undefined
        ? openEmbeddedQueue(join(dir, 'queue'), logger)
        : connectRedisQueue({ url: new Secret(redis.url) }, { prefix: '{test}' }, logger);
    server = await ScriptedUpstream.start();
    server.script(files.script);
  });
  afterAll(async () => {
    await backend.close();
    await redis?.stop();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  let name: string;
  let runs = 0;
  let log: RecordLog;
  let worker: JobWorker;
  let writer: FileServerWriter;
  let batches: BatchWriter;
  let deadLetters: JobQueue<DeadLetter>;

  beforeEach(() => {
    name = `logs-${runs++}`;
    files.files.clear();
    files.fault = undefined;
    files.refused = undefined;
    const batch = { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 20 };
    log = RecordLog.open({ dir: join(dir, name), queue: backend.createQueue(name), batch, logger });
    deadLetters = backend.createQueue(deadLetterQueueName(name));
  });
  afterEach(async () => {
    await log.close(0);
    await worker.close(5_000);
    await writer.close();
  });

  /** Begins to write what the queue holds. */
  const startWriting = (timeoutMs = PATIENT_MS): void => {
    writer = new FileServerWriter({ url: server.url, token: new Secret('t'), pathPrefix: '', mode: 'sync', timeoutMs });
    batches = new BatchWriter(writer, deadLetters);
    const retryDelayMs = { first: 20, longest: 100 };
    worker = backend.createWorker(name, (job) => batches.write(job as never), { concurrency: 2, retryDelayMs });
  };

  const record = (n: number): TestRecord => ({
    id: `chatcmpl-${n}`,
    litellm_call_id: `call-${n}`,
    startTime: DAY,
    text: `record ${n} \0 \ud800 "é"`,
  });
  const otherText = (original: TestRecord, text: string): TestRecord => ({ ...original, text });
  const expected = (count: number): Map<string, string> =>
    new Map(
      Array.from({ length: count }, (_, n) => [`2026-11-21/chatcmpl-${n}.json`, JSON.stringify(record(n))] as const),
    );
  const appendAll = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n++) await log.append(record(n));
  };
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) await sleep(10);
  };
  const sorted = (map: Map<string, string>): [string, string][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const expectExactly = async (count: number): Promise<void> => {
    await until(() => files.files.size >= count);
    await until(() => log.depth().records === 0);
    expect(sorted(files.files)).toEqual(sorted(expected(count)));
  };

  it('brings every record to its file, byte for byte', async () => {
    startWriting();
    await appendAll(0, 55);
    await expectExactly(55);
    // A file may be there before the queue's answer to its batch is.
    await until(() => log.counts().queued === 55);
    expect(log.counts().accepted).toBe(55);
    await until(() => batches.counts.written === 55);
  });

  it.each<[string, ReplyScript, timeoutMs: number]>([
    ['answers 500', () => ({ status: 500 }), PATIENT_MS],
    ['answers 429', () => ({ status: 429 }), PATIENT_MS],
    ['refuses the key', () => ({ status: 401 }), PATIENT_MS],
    ['hangs', () => new Promise(() => undefined), 1_000],
    ['breaks connections', () => ({ fault: 'reset' }), PATIENT_MS],
  ])('loses nothing while the file server %s', async (_what, fault, timeoutMs) => {
    startWriting(timeoutMs);
    files.fault = fault;
    await appendAll(0, 25);
    await until(() => worker.progress.retried >= 2);
    expect(files.files.size).toBe(0);
    files.fault = undefined;
    await expectExactly(25);
    expect(worker.progress.failed).toBe(0);
  });

  it('writes each record once although answers get lost', async () => {
    startWriting();
    let lost = 0;
    files.fault = (request) => {
      if (lost++ >= 10) files.fault = undefined;
      const { path, content } = JSON.parse(request.body.toString('utf8')) as { path: string; content: unknown };
      files.files.set(path, JSON.stringify(content));
      return { fault: 'reset' };
    };
    await appendAll(0, 25);
    await expectExactly(25);
  });

  it('keeps both of two records with one id', async () => {
    startWriting();
    await log.append(otherText(record(1), 'first'));
    await until(() => files.files.size === 1);
    await log.append(otherText({ ...record(1), litellm_call_id: 'call-2' }, 'second'));
    await until(() => files.files.size === 2);
    expect([...files.files.keys()].sort()).toEqual(['2026-11-21/chatcmpl-1.call-2.json', '2026-11-21/chatcmpl-1.json']);
    await until(() => batches.counts.written_beside === 1);
  });

  it('sets a record aside that the file server will never take, and writes the others', async () => {
    startWriting();
    files.refused = '2026-11-21/chatcmpl-13.json';
    await appendAll(0, 20);
    await until(() => files.files.size === 19);
    await until(async () => (await deadLetters.counts()).waiting === 1);
    // The dead letter may be there before the queue's answer to it is.
    await until(() => batches.counts.dead_lettered === 1);
    expect(worker.progress).toMatchObject({ retried: 0, failed: 0 });
  });

  it('ships what an earlier run left in the outbox', async () => {
    startWriting();
    await log.close(0);
    const away: JobQueue<never> = {
      add: () => Promise.reject(new Error('away')),
      counts: () => Promise.reject(new Error('away')),
    };
    const batch = { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 20 };
    log = RecordLog.open({ dir: join(dir, name), queue: away, batch, logger });
    await appendAll(0, 15);
    await log.close(0);
    log = RecordLog.open({ dir: join(dir, name), queue: backend.createQueue(name), batch, logger });
    await expectExactly(15);
  });

  // The embedded queue has no server of its own that could fail; a killed process is tested with it.
  if (kind === 'redis') {
    it('loses and doubles nothing while Redis is killed and frozen', async () => {
      startWriting();
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
