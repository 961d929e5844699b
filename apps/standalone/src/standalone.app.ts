import { join } from 'node:path';
import {
  loadConfiguration,
  readFileServerSettings,
  readLogIngestSettings,
  readMaskingSettings,
  type Configuration,
  type GatewaySettings,
  type RecordStoreSettings,
  type Secret,
  type Variables,
} from '@sallyport/config';
import { startFileServer } from '@sallyport/file-server';
import { prepareGateway, startGateway } from '@sallyport/gateway';
import { startLogIngest } from '@sallyport/log-ingest';
import { startMaskingProxy } from '@sallyport/masking-proxy';
import type { RunningApp } from '@sallyport/platform';
import { connectRedisQueue, openEmbeddedQueue, type QueueBackend } from '@sallyport/stores';
import { createLogger } from '@sallyport/telemetry';
import { withStandaloneDefaults } from './standalone-defaults';

/** The four apps in one process. Its `url` is the masking proxy's: the safe way in. */
export interface RunningStandalone extends RunningApp {
  readonly addresses: Readonly<Record<'maskingProxy' | 'gateway' | 'logIngest' | 'fileServer', string>>;
  readonly apiKeys: readonly Secret[];
  /** Folder, or bucket, in which the records appear. */
  readonly logs: string;
}

/**
 * Starts file server, log ingest, gateway and masking proxy, each wired to the ones before it. They share one queue:
 * on Redis when one is configured, else on the embedded database.
 *
 * @throws ConfigurationError that lists every problem of all four
 */
export async function startStandalone(variables: Variables, args: readonly string[]): Promise<RunningStandalone> {
  const configuration = loadConfiguration(withStandaloneDefaults(variables, args), args);
  const { prepared, fileServer, logIngest, masking } = readAll(configuration);
  configuration.env.problems.throwIfAny();
  const started: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const queue = keep(openQueue(prepared.settings));
    const files = keep(await startFileServer(fileServer));
    const fileServerUrl = configuration.env.text('FILE_SERVER_URL', files.url);
    const recordStore = withAddress(logIngest.recordStore, fileServerUrl);
    const ingest = keep(await startLogIngest({ ...logIngest, recordStore }, { queue }));
    const { log } = prepared.settings;
    const settings = { ...prepared.settings, log: { ...log, recordStore } };
    const gateway = keep(await startGateway({ ...prepared, settings }, { queue }));
    const upstreamUrl = configuration.env.text('MASKING_UPSTREAM_URL', gateway.url);
    const proxy = keep(await startMaskingProxy({ ...masking, upstreamUrl }));
    return {
      name: 'standalone',
      url: proxy.url,
      addresses: { maskingProxy: proxy.url, gateway: gateway.url, logIngest: ingest.url, fileServer: files.url },
      apiKeys: settings.apiKeys,
      logs: placeOf(recordStore, fileServer.baseDir),
      close: () => closeAll(started),
    };
  } catch (error) {
    await closeAll(started);
    throw error;
  }
}

/** All settings. Until it has a key of its own the masking proxy asks for the gateway's, which it hands on. */
function readAll(configuration: Configuration) {
  const { env, file } = configuration;
  const prepared = prepareGateway(configuration);
  const masking = readMaskingSettings(env, file);
  const [gatewayKey = masking.masterKey] = prepared.settings.apiKeys;
  const ownKey = env.text('LITELLM_MASTER_KEY') ?? file?.general_settings?.master_key;
  return {
    prepared,
    fileServer: readFileServerSettings(env),
    logIngest: readLogIngestSettings(env, file),
    masking: ownKey ? masking : { ...masking, masterKey: gatewayKey },
  };
}

/** The file server may have got a free port, so its address is known only now. */
function withAddress(store: RecordStoreSettings, fileServerUrl: string): RecordStoreSettings {
  return store.kind === 'file-server' ? { ...store, url: fileServerUrl } : store;
}

function placeOf(store: RecordStoreSettings, fileServerDir: string): string {
  if (store.kind === 's3') return `s3://${store.bucket}/${store.pathPrefix}`;
  return join(store.kind === 'directory' ? store.dir : fileServerDir, store.pathPrefix);
}

function openQueue({ redis, log: { queue }, dataDir, logLevel }: GatewaySettings): QueueBackend {
  const logger = createLogger('queue', logLevel);
  return redis === undefined
    ? openEmbeddedQueue(join(dataDir, 'queue'), logger)
    : connectRedisQueue(redis, queue, logger);
}

/** Closes in the order in which calls arrive: whoever hands work on goes before whoever takes it. */
async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts.toReversed()) await part.close();
}
