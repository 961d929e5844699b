import { httpAddress } from '../http/http-address';
import type { Provider } from '../provider.port';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import type { VendorOptions } from './ai-models';
import { AiSdkProvider } from './ai-sdk.provider';
import { EFFORT_BUDGETS, vendorEndpoints, type EmbeddingWishes, type VendorWishes } from './ai-vendor';

export const COHERE_API_BASE = 'https://api.cohere.com/v2';

/** Variables that count for every deployment with the prefix `cohere` or `cohere_chat`. */
export const COHERE_VARIABLES = { apiBase: 'COHERE_API_BASE', apiKey: 'COHERE_API_KEY' } as const;

/**
 * Reaches Cohere's own API, version 2. `litellm_params`: `api_base` (up to and with the version) and `api_key`.
 *
 * @throws RangeError when there is no key, or a setting cannot be used
 */
export function cohereProvider(settings: ProviderSettings, { env, http }: ProviderContext): Provider {
  const apiKey = settings.apiKey ?? env.secret(COHERE_VARIABLES.apiKey);
  if (apiKey === undefined) throw new RangeError(`provider "cohere" needs ${COHERE_VARIABLES.apiKey}`);
  const apiBase = httpAddress(settings.apiBase ?? env.text(COHERE_VARIABLES.apiBase) ?? COHERE_API_BASE);
  const vendor = {
    name: 'cohere',
    apiBase,
    endpoints: vendorEndpoints(settings),
    load: async (fetch: typeof globalThis.fetch) => {
      const { createCohere } = await import('@ai-sdk/cohere');
      return createCohere({ baseURL: apiBase, apiKey: apiKey.reveal(), fetch });
    },
    takesLaterInstructions: true,
    wantsJsonInWords: false,
    needsToolsForCalls: false,
    canCallOneTool: () => false,
    proofsOf: undefined,
    options: cohereOptions,
    embeddingOptions,
  };
  return new AiSdkProvider(vendor, settings, http);
}

/** Source: https://docs.cohere.com/docs/reasoning */
function cohereOptions(model: string, { effort }: VendorWishes): VendorOptions {
  if (effort === undefined || !model.includes('reasoning')) return {};
  if (effort === 'none') return { cohere: { thinking: { type: 'disabled' } } };
  const tokenBudget = Object.hasOwn(EFFORT_BUDGETS, effort) ? EFFORT_BUDGETS[effort] : undefined;
  return tokenBudget === undefined ? {} : { cohere: { thinking: { type: 'enabled', tokenBudget } } };
}

function embeddingOptions(_model: string, { dimensions, inputType }: EmbeddingWishes): VendorOptions {
  return {
    cohere: {
      ...(dimensions !== undefined && { outputDimension: dimensions }),
      ...(inputType !== undefined && { inputType }),
    },
  };
}
