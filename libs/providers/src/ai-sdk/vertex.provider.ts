import { httpAddress } from '../http/http-address';
import type { HttpPort } from '../http/http.port';
import type { Provider } from '../provider.port';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import type { AiModels, VendorOptions } from './ai-models';
import { AiSdkProvider } from './ai-sdk.provider';
import { vendorEndpoints, type EmbeddingWishes } from './ai-vendor';
import { portFetch } from './port-fetch';
import { readServiceAccount, type ServiceAccount } from './service-account';
import { vertexOptions } from './vertex-options';

/** Variables that count for every deployment with the prefix `vertex_ai`, in the order in which they are asked. */
export const VERTEX_VARIABLES = {
  credentials: 'GOOGLE_APPLICATION_CREDENTIALS',
  projects: ['VERTEXAI_PROJECT', 'GOOGLE_VERTEX_PROJECT', 'GOOGLE_CLOUD_PROJECT'],
  locations: ['VERTEXAI_LOCATION', 'GOOGLE_VERTEX_LOCATION'],
} as const;

/** LiteLLM's own default. */
const DEFAULT_LOCATION = 'us-central1';
/** Longest wait for an access token, in milliseconds. */
const TOKEN_TIMEOUT_MS = 10_000;

/**
 * Reaches Gemini and the embedding models on Vertex AI with a service account. `litellm_params`: `vertex_credentials`
 * (the account's JSON or the path of its file), `vertex_project`, `vertex_location`, `api_base` (up to and with
 * `/publishers/google`); else {@link VERTEX_VARIABLES}. The access token is fetched over the same HTTP port and kept
 * until shortly before it expires; metadata servers and command line tools are not asked.
 *
 * @throws RangeError when there is no service account or it cannot be read, or a setting cannot be used
 */
export function vertexProvider(settings: ProviderSettings, { env, http }: ProviderContext): Provider {
  const { options } = settings;
  const account = readServiceAccount(
    options.secret('vertex_credentials')?.reveal() ?? env.text(VERTEX_VARIABLES.credentials),
  );
  const first = (names: readonly string[]): string | undefined => names.map((name) => env.text(name)).find(Boolean);
  const project = options.text('vertex_project') ?? first(VERTEX_VARIABLES.projects) ?? account.project_id;
  const location = options.text('vertex_location') ?? first(VERTEX_VARIABLES.locations) ?? DEFAULT_LOCATION;
  if (project === undefined) throw new RangeError('provider "vertex_ai" needs vertex_project or VERTEXAI_PROJECT');
  const path = `/v1beta1/projects/${project}/locations/${location}/publishers/google`;
  const apiBase = httpAddress(settings.apiBase ?? `https://${hostOf(location)}${path}`);
  const vendor = {
    name: 'vertex_ai',
    apiBase,
    endpoints: vendorEndpoints(settings),
    load: (fetch: typeof globalThis.fetch) => load({ account, project, location, apiBase, http, fetch }),
    takesLaterInstructions: false,
    wantsJsonInWords: false,
    needsToolsForCalls: false,
    canCallOneTool: () => false,
    proofsOf: undefined,
    options: vertexOptions,
    embeddingOptions,
  };
  return new AiSdkProvider(vendor, settings, http);
}

interface VertexAccess {
  readonly account: ServiceAccount;
  readonly project: string;
  readonly location: string;
  readonly apiBase: string;
  readonly http: HttpPort;
  readonly fetch: typeof globalThis.fetch;
}

async function load({ account, project, location, apiBase, http, fetch }: VertexAccess): Promise<AiModels> {
  const { createVertex } = await import('@ai-sdk/google-vertex');
  const limits = { firstByteTimeoutMs: TOKEN_TIMEOUT_MS, idleTimeoutMs: TOKEN_TIMEOUT_MS };
  // A token serves many calls, so none of them may end its exchange.
  const tokenFetch = portFetch(http, { ...limits, signal: new AbortController().signal });
  return createVertex({
    // Keeps the package from looking for a key in the environment itself.
    apiKey: '',
    project,
    location,
    baseURL: apiBase,
    fetch,
    googleAuthOptions: {
      credentials: account,
      clientOptions: { transporterOptions: { fetchImplementation: tokenFetch } },
    },
  });
}

/** Source: https://docs.cloud.google.com/vertex-ai/docs/general/locations */
function hostOf(location: string): string {
  if (!/^[a-z0-9-]+$/.test(location)) throw new RangeError('vertex_location is no location');
  if (location === 'global') return 'aiplatform.googleapis.com';
  if (location === 'eu' || location === 'us') return `aiplatform.${location}.rep.googleapis.com`;
  return `${location}-aiplatform.googleapis.com`;
}

function embeddingOptions(_model: string, { dimensions }: EmbeddingWishes): VendorOptions {
  return dimensions === undefined ? {} : { vertex: { outputDimensionality: dimensions } };
}
