import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobCounts } from '@sallyport/stores';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import type { LogBatch, LogEntry } from './entry/log-entry';
import type { SerialisableRecord } from './entry/serialise-record';
import { SETTINGS } from './outbox/outbox.fixture';
import { RecordLog } from './record-log';
import type { WriteResult } from './writing/record-store.port';

const DAY = Date.UTC(2026, 10, 21) / 1000;
const BATCH = { maxRecords: 10, maxBytes: 100_000, maxAgeMs: 10, maxInlineBytes: 50_000, maxQueuedBatches: 100 };

/** Queue, books and place in one, in memory. */
class Beyond {
  readonly jobs = new Map<string, LogBatch>();
  readonly stored: LogEntry[] = [];
  readonly enlisted = new Map<string, number>();
  isAway = false;

  readonly add = (id: string, batch: LogBatch): Promise<void> => this.answer(() => void this.jobs.set(id, batch));
  readonly enlist = (id: string, records: number): Promise<void> =>
    this.answer(() => void this.enlisted.set(id, records));
  readonly counts = (): Promise<JobCounts> => this.answer(() => ({ waiting: 0, active: 0, delayed: 0, failed: 0 }));
  readonly write = (_id: string, entries: readonly LogEntry[]): Promise<WriteResult[]> =>
    this.answer(() => {
      this.stored.push(...entries);
      return entries.map(({ date, name }) => ({ outcome: 'written' as const, path: `${date}/${name}.json` }));
    });

  private answer<T>(act: () => T): Promise<T> {
    return this.isAway ? Promise.reject(new Error('away')) : Promise.resolve(act());
  }
}

describe(RecordLog.name, () => {
  let dir: string;
  let log: RecordLog;
  let beyond: Beyond;
  const open = (): void => {
    log = RecordLog.open({
      dir,
      queue: beyond,
      books: beyond,
      store: beyond,
      batch: BATCH,
      outbox: { ...SETTINGS, ledgerDays: 100_000 },
      logger: createLogger('test', 'silent'),
    });
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-record-log.'));
    beyond = new Beyond();
    open();
  });
  afterEach(async () => {
    await log.close(0);
    await rm(dir, { recursive: true, force: true });
  });

  const record = (n: number, length = 10): SerialisableRecord & { text: string } => ({
    id: `chatcmpl-${n}`,
    litellm_call_id: `call-${n}`,
    startTime: DAY,
    text: 'x'.repeat(length),
  });

  it('brings records to the queue, large ones to their place, and accounts for all of them', async () => {
    for (let n = 0; n < 25; n++) await log.append(record(n, n % 5 === 0 ? 60_000 : 10));
    await until(() => log.counts().queued === 25);
    const entries = [...beyond.jobs.values()].flatMap((job) => job.entries);
    expect(entries.map(({ name }) => name)).toEqual(Array.from({ length: 25 }, (_, n) => `chatcmpl-${n}`));
    expect(entries.filter((entry) => 'stored' in entry).map(({ callId }) => callId)).toEqual(
      beyond.stored.map(({ callId }) => callId),
    );
    expect(beyond.stored.map(({ name }) => name)).toEqual([0, 5, 10, 15, 20].map((n) => `chatcmpl-${n}`));
    expect([...beyond.enlisted]).toEqual([...beyond.jobs].map(([id, job]) => [id, job.entries.length]));
    expect(log.counts()).toEqual({ accepted: 25, queued: 25, shed: 0 });
    expect(log.depth()).toEqual({ records: 0, bytes: 0, oldestAgeMs: 0 });
    expect(log.ledger('2026-11-21', { limit: 1_000 }).entries.every(({ waiting }) => !waiting)).toBe(true);
  });

  it('ships what an earlier run left', async () => {
    beyond.isAway = true;
    for (let n = 0; n < 15; n++) await log.append(record(n));
    await log.close(0);
    beyond.isAway = false;
    open();
    await until(() => log.counts().queued === 15);
    expect(log.counts().accepted).toBe(15);
    expect([...beyond.jobs.values()].flatMap((job) => job.entries)).toHaveLength(15);
  });

  it('keeps no record in memory that waits on disk', async () => {
    beyond.isAway = true;
    const burst = (from: number): Promise<unknown> =>
      Promise.all(Array.from({ length: 250 }, (_, i) => log.append(record(from + i, 10_000))));
    for (let i = 0; i < 4; i++) await burst(i * 250);
    const before = await leastHeld();
    for (let i = 4; i < 24; i++) await burst(i * 250);
    expect(log.depth().records).toBe(6_000);
    // Half of the 5,000 records of 10 kB that came.
    expect(await leastHeld()).toBeLessThan(before + 25_000_000);
  });
});

/** Bytes in and beside the heap; memory beside it is given back some time after the collection that found it free. */
async function leastHeld(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  let least = Infinity;
  for (let round = 0; round < 20; round++) {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
    await sleep(25);
  }
  return least;
}
