import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis, type RedisServer, type ScriptedUpstream } from '@sallyport/testing';
import { settle } from '../siege/aftermath';
import { eventually, KEY, siegeSettings } from '../siege/camp';
import type { MadeCall } from '../siege/caller';
import { startEchoUpstream } from '../siege/echo-upstream';
import { layLoad } from '../siege/load';
import { faultsIn, told } from '../siege/verdict';
import { readRecords } from '../siege/written-records';
import { Deployment } from './deployment';
import { Service } from './service';

/** Only ends what hangs. */
jest.setTimeout(900_000);

/** Complete calls while the old and the new one of each process are there. */
const CALLS_EACH = 10;

describe('a rolling restart of everything under load', () => {
  let dir: string;
  let redis: RedisServer;
  let upstream: ScriptedUpstream;
  let services: Service[];
  let files: Deployment, workers: Deployment, gateways: Deployment, proxies: Deployment;
  let fileServer: { url: string; dir: string };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-rolling-'));
    redis = await startRedis();
    upstream = await startEchoUpstream();
    const [gatewayService, proxyService] = (services = [await Service.start(), await Service.start()]) as [
      Service,
      Service,
    ];
    const filePort = await freePort();
    fileServer = { url: `http://127.0.0.1:${filePort}`, dir: join(dir, 'files') };
    const base = {
      ...siegeSettings(upstream.url),
      REDIS_URL: redis.url,
      DATA_DIR: dir,
      FILE_SERVER_URL: fileServer.url,
      FILE_SERVER_DIR: fileServer.dir,
      MASKING_UPSTREAM_URL: gatewayService.url,
      FILE_SERVER_PORT: String(filePort),
      GATEWAY_PORT: '0',
      MASKING_PORT: '0',
      LOG_INGEST_PORT: '0',
      DRAIN_TIMEOUT_SECONDS: '30',
    };
    files = new Deployment('file-server', base);
    const startedAt = performance.now();
    await files.scaleUp();
    const startSeconds = (performance.now() - startedAt) / 1000;
    // Far longer than a Service takes to look elsewhere, on a machine that takes so long for a start.
    const draining = { ...base, DRAIN_DELAY_SECONDS: String(Math.max(2, Math.ceil(startSeconds * 2))) };
    workers = new Deployment('log-ingest', base);
    gateways = new Deployment('gateway', draining, gatewayService);
    proxies = new Deployment('masking-proxy', draining, proxyService);
    for (const deployment of [workers, gateways, gateways, proxies, proxies]) await deployment.scaleUp();
  });
  afterAll(async () => {
    for (const deployment of [proxies, gateways, workers, files]) await deployment.stop();
    for (const service of services) await service.close();
    await upstream.close();
    await redis.stop();
    await rm(dir, { recursive: true, force: true });
  });

  let complete = 0;
  /** Whatever is replaced, it has had something to do. */
  const moreCalls = (): Promise<void> => {
    const enough = complete + CALLS_EACH;
    return eventually('calls do not go on', 120_000, () => Promise.resolve(complete >= enough));
  };
  const exitCodes = async (): Promise<(number | null)[]> => [
    ...(await gateways.roll(moreCalls)),
    ...(await workers.roll(moreCalls)),
    ...(await proxies.roll(moreCalls)),
    ...(await files.recreate()),
  ];

  it('fails no call and loses no record', async () => {
    const over = new AbortController();
    const load = layLoad({
      seed: 1,
      workers: 6,
      maxCalls: 10_000,
      signal: over.signal,
      gateways: [services[1]?.url ?? ''],
      key: KEY,
      clientsLeave: false,
      onCall: ({ fate }) => (complete += Number(fate === 'complete')),
    });
    let calls: MadeCall[];
    try {
      expect(await exitCodes()).toEqual([0, 0, 0, 0, 0, 0]);
    } finally {
      over.abort();
      calls = await load;
    }
    const failed = calls.filter(({ fate }) => fate !== 'complete');
    if (failed.length > 0) {
      throw new Error([`of ${calls.length} calls these failed:`, ...failed.map(told), said()].join('\n'));
    }
    const [outbox = ''] = gateways.urls;
    const [logIngest = ''] = workers.urls;
    const books = await settle({ outboxes: [outbox], logIngest });
    const { records, broken } = await readRecords(fileServer);
    const faults = faultsIn({ calls, records, broken, books });
    if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${said()}`);
    expect(records).toHaveLength(calls.length);
  });

  const said = (): string =>
    Object.entries({ files, workers, gateways, proxies })
      .map(([name, deployment]) => `--- ${name}\n${deployment.tail()}`)
      .join('\n');
});
