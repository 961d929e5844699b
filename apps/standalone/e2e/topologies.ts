import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@sallyport/testing';
import { ProductProcess } from './product-process';

const TOKEN = 'e2e-file-token';
export const KEY = 'e2e-key';

/** The whole product, running. */
export interface Product {
  readonly maskingUrl: string;
  readonly gatewayUrl: string;
  /** The process that takes the gateway's calls. */
  gatewayProcess(): ProductProcess;
  /** Records on the file server, by path. */
  records(): Promise<Map<string, Record<string, unknown>>>;
  /** Kills what holds the outbox without a warning and starts it again. */
  crashAndRestart(): Promise<Product>;
  close(): Promise<void>;
}

/** A way to run the product. */
export type Topology = (upstreams: string) => Promise<Product>;

const settings = (dataDir: string, upstreams: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  GATEWAY_PORT: '0',
  MASKING_PORT: '0',
  FILE_SERVER_PORT: '0',
  LOG_INGEST_PORT: '0',
  GATEWAY_API_KEYS: KEY,
  LITELLM_MASTER_KEY: KEY,
  GATEWAY_UPSTREAMS: upstreams,
  GATEWAY_RATE_LIMIT_PER_MINUTE: '100000',
  FILE_SERVER_AUTH_TOKEN: TOKEN,
  FILE_SERVER_PATH_PREFIX: 'llm/',
});

/** One process on embedded defaults: what `npm start` runs. */
export const standalone: Topology = async (upstreams) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-e2e-'));
  const remove = () => rm(dataDir, { recursive: true });
  const start = () => ProductProcess.start('standalone', settings(dataDir, upstreams));
  const product = (process: ProductProcess): Product => {
    const { maskingProxy = '', gateway = '', fileServer = '' } = process.ready.addresses ?? {};
    return {
      maskingUrl: maskingProxy,
      gatewayUrl: gateway,
      gatewayProcess: () => process,
      records: () => readRecords(fileServer),
      crashAndRestart: async () => {
        await process.kill();
        return product(await start());
      },
      close: async () => {
        await process.stop();
        await remove();
      },
    };
  };
  return product(await orElse(start(), remove));
};

/** Four processes and a Redis: what production runs. */
export const fourProcesses: Topology = async (upstreams) => {
  const redis = await startRedis();
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-e2e-'));
  const base = { ...settings(dataDir, upstreams), REDIS_URL: redis.url };
  const remove = async (): Promise<void> => {
    await redis.stop();
    await rm(dataDir, { recursive: true });
  };
  const fileServer = await orElse(ProductProcess.start('file-server', base), remove);
  const ingest = ProductProcess.start('log-ingest', { ...base, FILE_SERVER_URL: fileServer.url });
  const logIngest = await orElse(ingest, remove);
  const start = async (): Promise<[ProductProcess, ProductProcess]> => {
    const gateway = await ProductProcess.start('gateway', base);
    return [gateway, await ProductProcess.start('masking-proxy', { ...base, MASKING_UPSTREAM_URL: gateway.url })];
  };
  const product = ([gateway, proxy]: [ProductProcess, ProductProcess]): Product => ({
    maskingUrl: proxy.url,
    gatewayUrl: gateway.url,
    gatewayProcess: () => gateway,
    records: () => readRecords(fileServer.url),
    crashAndRestart: async () => {
      await Promise.all([gateway.kill(), proxy.kill()]);
      return product(await start());
    },
    close: async () => {
      for (const process of [proxy, gateway, logIngest, fileServer]) await process.stop();
      await remove();
    },
  });
  return product(await orElse(start(), remove));
};

/** What is started, or all cleared away that was there for it: processes that are left end with the tests. */
function orElse<T>(started: Promise<T>, clear: () => Promise<void>): Promise<T> {
  return started.catch(async (error: unknown) => {
    await clear();
    throw error;
  });
}

async function readRecords(fileServer: string): Promise<Map<string, Record<string, unknown>>> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const records = new Map<string, Record<string, unknown>>();
  const listing = await fetch(`${fileServer}/v1/files?prefix=llm/&limit=1000`, { headers });
  const { files } = (await listing.json()) as { files: { path: string }[] };
  for (const { path } of files) {
    const file = await fetch(`${fileServer}/v1/files/${path}`, { headers });
    records.set(path, (await file.json()) as Record<string, unknown>);
  }
  return records;
}
