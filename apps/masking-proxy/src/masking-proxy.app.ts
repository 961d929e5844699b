import type { MaskingSettings } from '@sallyport/config';
import { MAX_JSON_DEPTH } from '@sallyport/dialects';
import { UndiciHttpClient } from '@sallyport/http-client';
import { Masker } from '@sallyport/masking';
import { startApp, type RunningApp } from '@sallyport/platform';
import { createMaskingState } from '@sallyport/stores';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import { loadMaskingKeys } from './masking-key/masking-keys';
import { MaskingProxyModule } from './masking-proxy.module';
import { MaskingMetrics } from './metrics/masking-metrics';
import { loadPolicy } from './policy/load-policy';

const DESCRIPTION = `
Masks what must not leave before a call reaches its upstream, and restores it in the reply. Point an OpenAI or Anthropic
SDK at this address instead of the upstream. **Mask texts** shows what would be masked, without calling anybody.
`;

/**
 * Starts the masking proxy.
 *
 * @throws ConfigurationError when the policy cannot be used, or there is no masking key and none can be made
 */
export async function startMaskingProxy(settings: MaskingSettings): Promise<RunningApp> {
  const { policy, ownDetectors, allowed } = loadPolicy(settings);
  const { cachedTexts, maxValues } = settings;
  const masker = new Masker({ policy, ownDetectors, allowed, cachedTexts, maxValues });
  const keys = await loadMaskingKeys(settings);
  const state = createMaskingState(settings.state);
  const http = new UndiciHttpClient();
  const registry = createMetrics();
  const ownKinds = ownDetectors.flatMap(({ kinds }) => kinds);
  const metrics = new MaskingMetrics(registry, ownKinds);
  const logger = createLogger('masking-proxy', settings.logLevel);
  const release = async (): Promise<void> => {
    await state.close();
    await http.close();
  };
  try {
    const app = await startApp({
      name: 'masking-proxy',
      listen: settings.listen,
      maxBodyBytes: settings.maxBodyBytes,
      maxBodyDepth: MAX_JSON_DEPTH,
      logger,
      docs: { title: 'Sallyport masking proxy', description: DESCRIPTION },
      observer: metrics,
      module: MaskingProxyModule.register({ settings, masker, keys, state, http, metrics, registry, logger }),
    });
    const close = (): Promise<void> => app.close().then(release);
    return { ...app, close };
  } catch (error) {
    await release();
    throw error;
  }
}
