import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { load, median, type LoadResult } from '../load';
import { openFeed, sampleRecord, type Feed } from './feed';
import { Installation } from './installation';
import { quantile, table } from './table';

const ROUNDS = 5;
const REQUESTS = 600;
const STREAMS = 60;
const APPENDS = 2_000;
/** Settings under which a batch of so few records waits for a minute. */
const NEVER_DUE = { LOG_BATCH_MAX_AGE_MS: '60000', LOG_BATCH_MAX_RECORDS: '10000', LOG_BATCH_MAX_BYTES: '104857600' };

const question = (content: string, stream: boolean): string =>
  JSON.stringify({ model: 'bench', stream, messages: [{ role: 'user', content }] });

const plainLoad = (url: string): Promise<LoadResult> =>
  load({ url, connections: 1, requests: REQUESTS, body: question('Hi. '.repeat(250), false), limitSeconds: 20 });
const streamLoad = (url: string): Promise<LoadResult> =>
  load({ url, connections: 1, requests: STREAMS, body: question('Hi', true), limitSeconds: 20 });

/** The same gateway in three states: all of them are measured in turn. */
interface Gateways {
  /** Records stay in its outbox: what a request pays for. */
  readonly outbox: string;
  /** They are shipped and written by other processes meanwhile, which work on the same cores. */
  readonly pipeline: string;
  /** Nothing is written down. */
  readonly nothing: string;
}

type Loads = Readonly<Record<keyof Gateways, LoadResult>>;

/**
 * What a record costs a request at its end, beside a gateway that writes nothing down; then the append by itself, beside
 * the bare sync of as many bytes on the same disk.
 *
 * @returns Markdown
 */
export async function recordCost(root: string): Promise<string> {
  const installation = await Installation.open(root);
  try {
    const upstream = await installation.start('bench/dist/upstream.js');
    await installation.start('apps/file-server/dist/main.js');
    await installation.start('apps/log-ingest/dist/main.js');
    const upstreams = { GATEWAY_UPSTREAMS: `bench=${upstream.url}` };
    const apart = { ...upstreams, REDIS_URL: '', DATA_DIR: join(installation.dir, 'apart') };
    const outbox = await installation.start('apps/gateway/dist/main.js', apart);
    const pipeline = await installation.start('apps/gateway/dist/main.js', upstreams);
    const nothing = await installation.start('bench/dist/logging/unrecorded-gateway.js', upstreams);
    const requests = await compareGateways({ outbox: outbox.url, pipeline: pipeline.url, nothing: nothing.url });
    await Promise.all([outbox.stop(), pipeline.stop(), nothing.stop()]);
    return `${requests}\n\n${await compareAppend(installation)}`;
  } finally {
    await installation.close();
  }
}

async function compareGateways(gateways: Gateways): Promise<string> {
  await loadEach(gateways, plainLoad);
  const rounds: { plain: Loads; stream: Loads }[] = [];
  // In turn, round by round, so that a slow moment of the machine meets all.
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ plain: await loadEach(gateways, plainLoad), stream: await loadEach(gateways, streamLoad) });
  }
  const row = (name: string, kind: 'plain' | 'stream', figure: (result: LoadResult) => number): string[] => {
    const of = (gateway: keyof Gateways): number => median(rounds.map((round) => figure(round[kind][gateway])));
    const [nothing, outbox, pipeline] = [of('nothing'), of('outbox'), of('pipeline')];
    return [name, ...[nothing, outbox, pipeline, outbox - nothing].map(inMs), (outbox / nothing).toFixed(2)];
  };
  return [
    `Medians of ${ROUNDS} rounds over one connection. Goal: at most 1 ms more at p99, nothing before the first byte.`,
    table(
      ['measure', 'no record', 'outbox', 'outbox, queue and files on the same cores', 'outbox costs', 'ratio'],
      [
        row('whole reply, p50', 'plain', ({ latency }) => latency.p50),
        row('whole reply, p99', 'plain', ({ latency }) => latency.p99),
        row('first byte of a stream, p50', 'stream', ({ firstByte }) => firstByte.p50),
        row('first byte of a stream, p99', 'stream', ({ firstByte }) => firstByte.p99),
        row('end of a stream, p50', 'stream', ({ latency }) => latency.p50),
      ],
    ),
  ].join('\n\n');
}

async function loadEach(gateways: Gateways, load: (url: string) => Promise<LoadResult>): Promise<Loads> {
  const outbox = await load(gateways.outbox);
  const pipeline = await load(gateways.pipeline);
  return { outbox, pipeline, nothing: await load(gateways.nothing) };
}

function inMs(ms: number): string {
  return `${ms.toFixed(2)} ms`;
}

/** The append while nothing is shipped, while all of it is, and the bare sync: one after the other, on one disk. */
async function compareAppend(installation: Installation): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(sampleRecord()));
  const waiting = await timeAppends(openFeed(installation, 'waiting', NEVER_DUE));
  const shipped = await timeAppends(openFeed(installation, 'shipped'));
  const bare = await timeSyncs(join(installation.dir, 'bare'), bytes);
  const row = (name: string, share: number): string[] => {
    const [alone, beside, sync] = [quantile(waiting, share), quantile(shipped, share), quantile(bare, share)];
    return [name, ...[sync, alone, beside].map(inMs), (alone / sync).toFixed(2)];
  };
  return [
    `${APPENDS} records of ${bytes.length} bytes, one after the other. The first append is what a record costs its request; the ` +
      'second one shares cores and disk with Redis, worker and file server.',
    table(
      ['measure', 'write and fdatasync', 'append, nothing shipped', 'append while it is shipped', 'first ratio'],
      [row('p50', 0.5), row('p99', 0.99)],
    ),
  ].join('\n\n');
}

async function timeAppends(feed: Feed): Promise<number[]> {
  try {
    return await timeEach(() => feed.log.append(sampleRecord()));
  } finally {
    await feed.close();
  }
}

async function timeSyncs(path: string, bytes: Buffer): Promise<number[]> {
  const file = await open(path, 'a');
  try {
    return await timeEach(() => file.write(bytes).then(() => file.datasync()));
  } finally {
    await file.close();
  }
}

async function timeEach(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < APPENDS; number += 1) times.push(await timed(work));
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
