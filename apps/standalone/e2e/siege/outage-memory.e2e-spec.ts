import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis, type RedisServer, type ScriptedUpstream } from '@sallyport/testing';
import { ProductProcess } from '../product-process';
import { settle } from './aftermath';
import { readBooks } from './books';
import { eventually, KEY, siegeSettings } from './camp';
import type { CallPlan } from './call-plan';
import { makeCall } from './caller';
import { startEchoUpstream } from './echo-upstream';
import { Metrics } from './metrics';

/** Together 120 MB of records: more than the processes have. */
const CALLS = 300;
const PROMPT_LENGTH = 400_000;
const HEAP_MIB = 112;
const MAX_QUEUED_BATCHES = 10;
const CLIENTS = 6;

/** Only ends what hangs. */
jest.setTimeout(600_000);

describe('an outage of the file server', () => {
  let dir: string;
  let redis: RedisServer;
  let upstream: ScriptedUpstream;
  let filePort: number;
  const processes: ProductProcess[] = [];
  const start = async (app: string, own: Record<string, string> = {}): Promise<ProductProcess> => {
    const started = await ProductProcess.start(app, {
      ...siegeSettings(upstream.url),
      REDIS_URL: redis.url,
      DATA_DIR: dir,
      GATEWAY_PORT: '0',
      LOG_INGEST_PORT: '0',
      FILE_SERVER_PORT: String(filePort),
      FILE_SERVER_URL: `http://127.0.0.1:${filePort}`,
      LOG_MAX_INLINE_BYTES: '1048576',
      LOG_OUTBOX_MAX_BYTES: String(2 ** 30),
      LOG_MAX_QUEUED_BATCHES: String(MAX_QUEUED_BATCHES),
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
      ...own,
    });
    processes.push(started);
    return started;
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outage-'));
    redis = await startRedis();
    upstream = await startEchoUpstream();
    filePort = await freePort();
  });
  afterAll(async () => {
    for (const process of processes.toReversed()) await process.stop();
    await upstream.close();
    await redis.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('costs disk and no memory: records wait in the outbox, few of them in Redis, and none in a process', async () => {
    const worker = await start('log-ingest');
    const gateway = await start('gateway');
    const failed: string[] = [];
    let made = 0;
    const client = async (): Promise<void> => {
      while (made < CALLS && failed.length === 0) {
        made += 1;
        const { fate, status } = await makeCall(longCall(made), gateway.url, KEY);
        if (fate !== 'complete') failed.push(`${fate} ${status}: ${gateway.output.slice(-5).join('\n')}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    // A process that kept them would have ended for want of memory.
    expect(failed).toEqual([]);

    const sources = { outboxes: [gateway.url], logIngest: worker.url };
    // A batch on its way stands in both; soon the queue is full, and nothing moves.
    await eventually('records do not come to rest', 120_000, async () => {
      const { inOutboxes, inQueue } = await readBooks(sources);
      return inQueue > 0 && inOutboxes + inQueue === CALLS;
    });
    expect(await readBooks(sources)).toMatchObject({ accepted: CALLS, written: 0, shed: 0, deadLettered: 0 });
    const jobs = (await Metrics.of(worker.url)).sum('log_queue_jobs');
    expect(jobs).toBeGreaterThan(0);
    // The gateway looks before it adds, and one batch may be on its way.
    expect(jobs).toBeLessThanOrEqual(MAX_QUEUED_BATCHES + 1);

    await start('file-server');
    expect(await settle(sources)).toMatchObject({ accepted: CALLS, written: CALLS });
  });
});

function longCall(number: number): CallPlan {
  return {
    marker: `outage${number}x`,
    kind: 'chat',
    streamed: number % 2 === 0,
    promptLength: PROMPT_LENGTH,
    replyLength: 100,
    leavesAfter: undefined,
  };
}
