import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis } from '@sallyport/testing';
import { siegeSettings, type CampPlan } from './camp';
import { FaultProxy } from './fault-proxy';
import { SupervisedProcess } from './supervised-process';
import { fullDisk, proxyTroubles, redisTroubles, redisVictim } from './troubles';

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** Two gateways with one outbox and a third with a small one, two workers, a file server and Redis. */
export const processesAndRedis: CampPlan = async (upstream) => {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-siege-'));
  const redis = await startRedis({ appendfsync: 'always' });
  const filePort = await freePort();
  const filesDir = join(dir, 'files');
  const proxy = await FaultProxy.start(() => local(filePort));
  const base = { ...siegeSettings(upstream), REDIS_URL: redis.url, FILE_SERVER_URL: proxy.url };
  const urls: Record<string, string> = {};
  const make = async (name: string, app: string, portVariable: string, own: Record<string, string>) => {
    const port = await freePort();
    urls[name] = local(port);
    return new SupervisedProcess(name, app, { ...base, [portVariable]: String(port), ...own });
  };
  const gateway = (name: string, data: string, own = {}) =>
    make(name, 'gateway', 'GATEWAY_PORT', { DATA_DIR: join(dir, data), ...own });
  const worker = (name: string) => make(name, 'log-ingest', 'LOG_INGEST_PORT', { DATA_DIR: join(dir, 'worker') });
  const files = new SupervisedProcess('file-server', 'file-server', {
    ...base,
    FILE_SERVER_PORT: String(filePort),
    FILE_SERVER_DIR: filesDir,
  });
  const processes = [
    files,
    await worker('worker-1'),
    await worker('worker-2'),
    await gateway('gateway-1', 'shared'),
    await gateway('gateway-2', 'shared'),
    await gateway('gateway-3', 'own', { LOG_OUTBOX_MAX_BYTES: String(1_048_576) }),
  ];
  for (const process of processes) process.start();
  const url = (name: string): string => urls[name] ?? '';
  return {
    gateways: [url('gateway-1'), url('gateway-2'), url('gateway-3')],
    processes,
    victims: [...processes, redisVictim(redis)],
    troubles: [...redisTroubles(redis), ...proxyTroubles(proxy), fullDisk(files)],
    books: { outboxes: [url('gateway-1'), url('gateway-3')], logIngest: url('worker-1') },
    fileServer: { url: local(filePort), dir: filesDir },
    proxy,
    heal: () => {
      proxy.heal();
      redis.resume();
    },
    close: async () => {
      await Promise.all(processes.toReversed().map((process) => process.stop()));
      await proxy.close();
      await redis.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** The four apps in one process, on the embedded queue. */
export const oneProcess: CampPlan = async (upstream) => {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-siege-'));
  const [gatewayPort, maskingPort, ingestPort, filePort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const filesDir = join(dir, 'files');
  const proxy = await FaultProxy.start(() => local(filePort));
  const process = new SupervisedProcess('standalone', 'standalone', {
    ...siegeSettings(upstream),
    DATA_DIR: dir,
    GATEWAY_PORT: String(gatewayPort),
    MASKING_PORT: String(maskingPort),
    LOG_INGEST_PORT: String(ingestPort),
    FILE_SERVER_PORT: String(filePort),
    FILE_SERVER_DIR: filesDir,
    FILE_SERVER_URL: proxy.url,
  });
  process.start();
  return {
    gateways: [local(gatewayPort)],
    processes: [process],
    victims: [process],
    troubles: [...proxyTroubles(proxy), fullDisk(process)],
    books: { outboxes: [local(gatewayPort)], logIngest: local(ingestPort) },
    fileServer: { url: local(filePort), dir: filesDir },
    proxy,
    heal: () => proxy.heal(),
    close: async () => {
      await process.stop();
      await proxy.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
