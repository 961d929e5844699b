import type { MaskingSettings } from '@sallyport/config';
import { MAX_JSON_DEPTH } from '@sallyport/dialects';
import { UndiciHttpClient } from '@sallyport/http-client';
import { KeyRing, Masker } from '@sallyport/masking';
import { startApp, type RunningApp } from '@sallyport/platform';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import { loadMaskingKey } from './masking-key/load-masking-key';
import { MaskingProxyModule } from './masking-proxy.module';
import { MaskingMetrics } from './metrics/masking-metrics';

const DESCRIPTION = `
Masks what must not leave before a call reaches its upstream, and restores it in the reply. Point an OpenAI or Anthropic
SDK at this address instead of the upstream. **Mask texts** shows what would be masked, without calling anybody.
`;

/**
 * Starts the masking proxy.
 *
 * @throws ConfigurationError when there is no masking key and none can be made
 */
export async function startMaskingProxy(settings: MaskingSettings): Promise<RunningApp> {
  const masker = new Masker();
  const keys = new KeyRing({ id: 'k1', secret: await loadMaskingKey(settings) });
  const http = new UndiciHttpClient();
  const registry = createMetrics();
  const metrics = new MaskingMetrics(registry);
  const app = await startApp({
    name: 'masking-proxy',
    listen: settings.listen,
    maxBodyBytes: settings.maxBodyBytes,
    maxBodyDepth: MAX_JSON_DEPTH,
    logger: createLogger('masking-proxy', settings.logLevel),
    docs: { title: 'Sallyport masking proxy', description: DESCRIPTION },
    observer: metrics,
    module: MaskingProxyModule.register({ settings, masker, keys, http, metrics, registry }),
  });
  return {
    ...app,
    close: async () => {
      await app.close();
      await http.close();
    },
  };
}
