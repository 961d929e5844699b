import { readGatewaySettings, type Configuration, type GatewaySettings } from '@sallyport/config';
import { UndiciHttpClient } from '@sallyport/http-client';
import { startApp, type RunningApp } from '@sallyport/platform';
import type { Provider } from '@sallyport/providers';
import type { ModelRouter } from '@sallyport/routing';
import { InProcessCircuitBreaker, InProcessRateLimiter } from '@sallyport/stores';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import { GatewayModule } from './gateway.module';
import { GatewayMetrics } from './metrics/gateway-metrics';
import type { RecordSink } from './recording/record-sink.port';
import { createRouter } from './upstreams/create-router';

const DESCRIPTION = `
One address for every model. Point an OpenAI or Anthropic SDK at it, or try the calls here: press **Authorize**, enter
your key, and run an example. Streams are shown whole at their end on this page; real clients get them as they arrive.
`;

/** What the gateway needs from its surroundings. */
export interface GatewayResources {
  /** Where records go. */
  readonly sink: RecordSink;
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
export async function startGateway(prepared: PreparedGateway, resources: GatewayResources): Promise<RunningApp> {
  const { settings, router, http } = prepared;
  const registry = createMetrics();
  const metrics = new GatewayMetrics(registry);
  const app = await startApp({
    name: 'gateway',
    listen: settings.listen,
    maxBodyBytes: settings.maxBodyBytes,
    logger: createLogger('gateway', settings.logLevel),
    docs: { title: 'Sallyport gateway', description: DESCRIPTION },
    observer: metrics,
    module: GatewayModule.register({
      settings,
      router,
      breaker: new InProcessCircuitBreaker(settings.breaker),
      rateLimiter: new InProcessRateLimiter(),
      sink: resources.sink,
      metrics,
      registry,
    }),
  });
  return {
    ...app,
    close: async () => {
      await app.close();
      await http.close();
    },
  };
}
