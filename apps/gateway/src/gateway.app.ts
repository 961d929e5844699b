import { readGatewaySettings, type Configuration, type GatewaySettings, type ListenSettings } from '@sallyport/config';
import { MAX_JSON_DEPTH } from '@sallyport/dialects';
import { UndiciHttpClient } from '@sallyport/http-client';
import { startApp, type RunningApp } from '@sallyport/platform';
import type { Provider } from '@sallyport/providers';
import type { ModelRouter } from '@sallyport/routing';
import { connectRedisQueue, InProcessCircuitBreaker, InProcessRateLimiter, type QueueBackend } from '@sallyport/stores';
import { createLogger, createMetrics, type Logger } from '@sallyport/telemetry';
import { GatewayModule } from './gateway.module';
import { GatewayMetrics } from './metrics/gateway-metrics';
import { CallRecorder } from './recording/call-recorder';
import { OpenCalls } from './recording/open-calls';
import { openRecordLog } from './recording/open-record-log';
import { RecordAlarm } from './recording/record-alarm';
import type { RecordSink } from './recording/record-sink.port';
import { createRouter } from './upstreams/create-router';

const DESCRIPTION = `
One address for every model. Point an OpenAI or Anthropic SDK at it, or try the calls here: press **Authorize**, enter
your key, and run an example. Streams are shown whole at their end on this page; real clients get them as they arrive.
`;

/**
 * Part of the drain, at its end, that is left for calls which have not ended by then to tell their clients so; at most
 * a second.
 */
const LAST_WORDS = 0.1;
const MAX_LAST_WORDS_MS = 1_000;

/** What the gateway may share with its surroundings; what is not given it opens, and closes, itself. */
export interface GatewayResources {
  /** The queue that records are shipped to. */
  readonly queue?: QueueBackend;
  /** Where records go, in place of the outbox and its queue. */
  readonly sink?: RecordSink;
}

/** A gateway whose configuration has been read. */
export interface PreparedGateway {
  readonly settings: GatewaySettings;
  readonly router: ModelRouter<Provider>;
  readonly http: UndiciHttpClient;
}

/** Reads settings and upstreams. What is wrong is listed in `env.problems`; look there before the start. */
export function prepareGateway(configuration: Configuration): PreparedGateway {
  const settings = readGatewaySettings(configuration);
  const http = new UndiciHttpClient();
  return { settings, router: createRouter(settings, configuration, http), http };
}

/** Starts the gateway; it listens when this resolves. */
export async function startGateway(prepared: PreparedGateway, resources: GatewayResources = {}): Promise<RunningApp> {
  const { settings, router, http } = prepared;
  const logger = createLogger('gateway', settings.logLevel);
  const registry = createMetrics();
  const metrics = new GatewayMetrics(registry);
  const ownQueue = resources.queue || resources.sink ? undefined : openQueue(settings, logger);
  const queue = resources.queue ?? ownQueue;
  const sink = resources.sink ?? openRecordLog(settings, queue, logger, registry);
  const openCalls = new OpenCalls();
  const recorder = new CallRecorder(sink, settings.logContent, openCalls, new RecordAlarm(logger, metrics));
  const app = await startApp({
    name: 'gateway',
    listen: settings.listen,
    maxBodyBytes: settings.maxBodyBytes,
    maxBodyDepth: MAX_JSON_DEPTH,
    acceptForms: true,
    logger,
    docs: { title: 'Sallyport gateway', description: DESCRIPTION },
    observer: metrics,
    module: GatewayModule.register({
      settings,
      router,
      breaker: new InProcessCircuitBreaker(settings.breaker),
      rateLimiter: new InProcessRateLimiter(),
      recorder,
      sink,
      metrics,
      registry,
    }),
  });
  const stop = async (): Promise<void> => {
    const { flushMs } = settings.log;
    await endCalls(app, openCalls, settings.listen, flushMs);
    // What does not reach the queue waits in the outbox.
    await sink.close(flushMs);
    await ownQueue?.close();
    await http.close();
  };
  let stopping: Promise<void> | undefined;
  return { ...app, close: () => (stopping ??= stop()) };
}

/**
 * Stops taking calls and waits for those under way, also for those that go on without their client. What has not ended
 * shortly before the end of the drain is ended here: its client is told so, and its record says so, for which it gets
 * `recordMs`.
 */
async function endCalls(
  app: RunningApp,
  openCalls: OpenCalls,
  { drainMs, drainDelayMs = 0 }: ListenSettings,
  recordMs: number,
): Promise<void> {
  const cutAfterMs = drainDelayMs + drainMs - Math.min(MAX_LAST_WORDS_MS, drainMs * LAST_WORDS);
  const cutAt = Date.now() + cutAfterMs;
  const cut = setTimeout(() => openCalls.cutOff(), cutAfterMs);
  await app.close();
  await openCalls.settled(Math.max(0, cutAt - Date.now()) + recordMs);
  clearTimeout(cut);
}

function openQueue({ redis, log: { queue } }: GatewaySettings, logger: Logger): QueueBackend | undefined {
  return redis && connectRedisQueue(redis, queue, logger);
}
