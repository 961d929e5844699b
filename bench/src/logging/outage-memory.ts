import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { ProcessUnderTest } from '../process-under-test';
import { Installation } from './installation';
import { readMetrics } from './metrics';
import { table } from './table';

const PER_SECOND = 200;
/** `BENCH_OUTAGE_SECONDS=600` for the ten minutes of the promise. */
const SECONDS = Number(process.env['BENCH_OUTAGE_SECONDS'] ?? 60);
const QUARTERS = 4;
const MIB = 1_048_576;
const BODY = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'Tell me a story. '.repeat(60) }] });

/** Memory of everybody at one moment, in MiB. */
interface Sample {
  readonly atSeconds: number;
  readonly gateway: { readonly own: number; readonly heap: number };
  readonly worker: { readonly own: number; readonly heap: number };
  readonly redis: number;
  readonly outbox: { readonly records: number; readonly bytes: number };
  readonly queuedJobs: number;
}

/**
 * Memory while the file server is away and calls go on: what waits is on disk, so nothing may grow but the outbox.
 *
 * @returns Markdown
 */
export async function outageMemory(root: string): Promise<string> {
  const installation = await Installation.open(root, { LOG_MAX_QUEUED_BATCHES: '20' });
  try {
    const upstream = await installation.start('bench/dist/upstream.js');
    const worker = await installation.start('apps/log-ingest/dist/main.js');
    const gateway = await installation.start('apps/gateway/dist/main.js', {
      GATEWAY_UPSTREAMS: `bench=${upstream.url}`,
    });
    const samples: Sample[] = [];
    const startedAt = performance.now();
    const look = async (): Promise<void> => {
      const atSeconds = (performance.now() - startedAt) / 1000;
      samples.push(await sample(atSeconds, gateway, worker, installation.redis.url));
    };
    let sent = 0;
    // The first quarter warms everything up.
    for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
      sent += await callEvenly(gateway.url, SECONDS / QUARTERS);
      await look();
    }
    return describe(sent, samples);
  } finally {
    await installation.close();
  }
}

/** @returns calls that were made */
async function callEvenly(url: string, seconds: number): Promise<number> {
  const pool = new Pool(url, { connections: 32, pipelining: 1 });
  const startedAt = performance.now();
  const calls: Promise<void>[] = [];
  const total = Math.round(PER_SECOND * seconds);
  while (calls.length < total) {
    const due = Math.min(total, ((performance.now() - startedAt) / 1000) * PER_SECOND);
    while (calls.length < due) calls.push(callOnce(pool));
    await sleep(5);
  }
  await Promise.all(calls);
  await pool.close();
  return total;
}

async function callOnce(pool: Pool): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer dev-key' },
    body: BODY,
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`the gateway answered ${statusCode} while the file server is away`);
}

async function sample(
  atSeconds: number,
  gateway: ProcessUnderTest,
  worker: ProcessUnderTest,
  redisUrl: string,
): Promise<Sample> {
  const heap = 'nodejs_heap_size_used_bytes';
  const outbox = ['gateway_log_outbox_records', 'gateway_log_outbox_bytes'];
  const [gatewayHeap = NaN, records = NaN, bytes = NaN] = await readMetrics(gateway.url, [heap, ...outbox]);
  const [workerHeap = NaN, queuedJobs = NaN] = await readMetrics(worker.url, [heap, 'log_queue_jobs']);
  return {
    atSeconds,
    gateway: { own: gateway.memoryMiB(), heap: gatewayHeap / MIB },
    worker: { own: worker.memoryMiB(), heap: workerHeap / MIB },
    redis: (await redisMemory(redisUrl)) / MIB,
    outbox: { records, bytes: bytes / MIB },
    queuedJobs,
  };
}

/** What Redis says of its own memory, in bytes. */
async function redisMemory(url: string): Promise<number> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('INFO memory\r\n'));
  let text = '';
  for await (const bytes of socket) {
    text += String(bytes);
    const [, used] = /used_memory:(\d+)/.exec(text) ?? [];
    if (used !== undefined) return Number(used);
  }
  throw new Error('Redis does not tell how much memory it uses');
}

function describe(sent: number, samples: readonly Sample[]): string {
  const figures: [string, (sample: Sample) => number][] = [
    ['gateway, own pages', ({ gateway }) => gateway.own],
    ['gateway, heap', ({ gateway }) => gateway.heap],
    ['worker, own pages', ({ worker }) => worker.own],
    ['worker, heap', ({ worker }) => worker.heap],
    ['Redis', ({ redis }) => redis],
    ['outbox on disk', ({ outbox }) => outbox.bytes],
  ];
  const rows = figures.map(([name, figure]) => [
    name,
    ...samples.map((at) => `${figure(at).toFixed(1)} MiB`),
    `${slope(samples, figure).toFixed(1)} MiB/min`,
  ]);
  const last = samples.at(-1);
  return [
    `${sent} calls at ${PER_SECOND}/s while the file server is away; at the end ${last?.outbox.records} records waited in ` +
      `the outbox and ${last?.queuedJobs} batches in the queue (at most 20). Flat means a slope near 0.`,
    table(['memory', ...samples.map(({ atSeconds }) => `${atSeconds.toFixed(0)} s`), 'slope'], rows),
  ].join('\n\n');
}

/** Least squares, in units per minute. */
function slope(samples: readonly Sample[], figure: (sample: Sample) => number): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanAt = mean(samples.map(({ atSeconds }) => atSeconds));
  const meanFigure = mean(samples.map(figure));
  const above = samples.reduce((sum, at) => sum + (at.atSeconds - meanAt) * (figure(at) - meanFigure), 0);
  const below = samples.reduce((sum, at) => sum + (at.atSeconds - meanAt) ** 2, 0);
  return (above / below) * 60;
}
