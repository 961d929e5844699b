import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, median, type LoadResult } from './load';
import { ProcessUnderTest } from './process-under-test';

const ROUNDS = 5;
const PLAIN = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'Tell me a story. '.repeat(60) }] });
const STREAM = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'Hi' }], stream: true });

/** One thing that is measured: a load, and the figure that is taken from it. */
interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly run: (url: string) => Promise<LoadResult>;
  /** @param cpuMs CPU time that the server spent on the load */
  readonly figure: (result: LoadResult, cpuMs: number) => number;
}

const plain = (connections: number, requests: number) => (url: string) =>
  load({ url, connections, requests, body: PLAIN, limitSeconds: 20 });
const streams = (url: string) => load({ url, connections: 20, requests: 200, body: STREAM, limitSeconds: 20 });

const MEASURES: readonly Measure[] = [
  { name: 'CPU per request', unit: 'µs', run: plain(32, 4000), figure: (r, cpu) => (cpu * 1000) / r.requests },
  {
    name: 'requests per second, 32 connections',
    unit: '/s',
    run: plain(32, 4000),
    figure: (r) => r.requests / r.seconds,
  },
  { name: 'latency p50, 1 connection', unit: 'ms', run: plain(1, 800), figure: (r) => r.latency.p50 },
  { name: 'latency p99, 1 connection', unit: 'ms', run: plain(1, 800), figure: (r) => r.latency.p99 },
  { name: 'first byte of a stream, p50', unit: 'ms', run: streams, figure: (r) => r.firstByte.p50 },
  { name: 'CPU per stream of 100 events', unit: 'ms', run: streams, figure: (r, cpu) => cpu / r.requests },
];

/** Measures both servers in turn, round by round, so that a slow moment of the machine meets both. */
async function compare(measure: Measure, sallyport: ProcessUnderTest, bare: ProcessUnderTest): Promise<string> {
  const figures: [number, number][] = [];
  const one = async (server: ProcessUnderTest): Promise<number> => {
    const before = server.cpuMs();
    const result = await measure.run(server.url);
    return measure.figure(result, server.cpuMs() - before);
  };
  for (let round = 0; round < ROUNDS; round += 1) figures.push([await one(sallyport), await one(bare)]);
  const ours = median(figures.map(([figure]) => figure));
  const theirs = median(figures.map(([, figure]) => figure));
  const ratio = median(figures.map(([a, b]) => a / b));
  const cells = [
    measure.name,
    `${ours.toFixed(2)} ${measure.unit}`,
    `${theirs.toFixed(2)} ${measure.unit}`,
    ratio.toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * Measures the gateway beside a bare forwarder and prints a Markdown table.
 *
 * @param root folder of the repository, with everything built
 */
export async function benchGateway(root: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  const servers: ProcessUnderTest[] = [];
  const start = async (script: string, variables: Record<string, string> = {}): Promise<ProcessUnderTest> => {
    const server = await ProcessUnderTest.start(join(root, script), variables);
    servers.push(server);
    return server;
  };
  try {
    const upstream = await start('bench/dist/upstream.js');
    const bare = await start('bench/dist/bare-forwarder.js', { UPSTREAM_URL: upstream.url });
    const sallyport = await start('apps/gateway/dist/main.js', {
      GATEWAY_PORT: '0',
      GATEWAY_UPSTREAMS: `bench=${upstream.url}`,
      GATEWAY_RATE_LIMIT_PER_MINUTE: '1000000',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
    });
    for (const server of [sallyport, bare]) await plain(32, 3000)(server.url);
    process.stdout.write(
      `Medians of ${ROUNDS} rounds; the bare forwarder is Fastify and undici with a parsed body.\n\n`,
    );
    process.stdout.write('| measure | Sallyport gateway | bare forwarder | ratio |\n|---|---|---|---|\n');
    for (const measure of MEASURES) process.stdout.write(`${await compare(measure, sallyport, bare)}\n`);
    process.stdout.write(
      `\nMemory after the load: ${sallyport.memoryMiB().toFixed(0)} MiB and ${bare.memoryMiB().toFixed(0)} MiB.\n`,
    );
  } finally {
    for (const server of servers.reverse()) await server.stop();
    await rm(dataDir, { recursive: true });
  }
}
