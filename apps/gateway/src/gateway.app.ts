import { readGatewaySettings, type Configuration } from '@sallyport/config';
import { UndiciHttpClient } from '@sallyport/http-client';
import { startApp, type RunningApp } from '@sallyport/platform';
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

/** What the gateway may share with its surroundings; it makes the rest itself. */
export interface GatewayResources {
  /** Where records go. */
  readonly sink: RecordSink;
}

/**
 * Starts the gateway.
 *
 * @throws ConfigurationError that lists every problem of the settings and the upstreams
 */
export async function startGateway(configuration: Configuration, resources: GatewayResources): Promise<RunningApp> {
  const settings = readGatewaySettings(configuration);
  const http = new UndiciHttpClient();
  const router = createRouter(settings, configuration, http);
  configuration.env.problems.throwIfAny();
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
