import { DeploymentOptions, type DeploymentSettings, type NamedUpstream } from '@sallyport/config';
import { bedrockProvider } from './ai-sdk/bedrock.provider';
import { cohereProvider } from './ai-sdk/cohere.provider';
import { vertexProvider } from './ai-sdk/vertex.provider';
import { ANTHROPIC_API_BASE, anthropicProvider } from './anthropic/anthropic.provider';
import { AZURE_PREFIXES, azureProvider, isAzureAddress } from './azure/azure.provider';
import { httpAddress } from './http/http-address';
import { laasProvider } from './laas/laas.provider';
import { MockProvider } from './mock/mock.provider';
import { openAiCompatibleProvider } from './openai-compatible/openai-compatible.provider';
import { PASSED_THROUGH, type OpenAiCompatibleVendor } from './openai-compatible/vendor';
import { vendorAt, vendorOf } from './openai-compatible/vendors';
import type { Provider } from './provider.port';
import type { ProviderContext, ProviderSettings } from './provider-settings';

/** What holds for all entries of `GATEWAY_UPSTREAMS`. */
export type UpstreamDefaults = Pick<ProviderSettings, 'dropParams' | 'defaultMaxTokens'>;

type ProviderFactory = (settings: ProviderSettings, context: ProviderContext) => Provider;

/** A server of which nothing is known but its address. */
const UNKNOWN_SERVER: OpenAiCompatibleVendor = {
  prefix: 'openai',
  title: 'any OpenAI-compatible server',
  barePath: '/v1',
  keyVariables: [],
  endpoints: PASSED_THROUGH,
};

/**
 * Makes the provider of one entry of a `model_list`. A vendor's key variable counts for every entry with its prefix,
 * as it does for LiteLLM.
 *
 * @throws RangeError when the prefix is not known, `api_base` is needed, or a setting cannot be used
 */
export function createDeploymentProvider(deployment: DeploymentSettings, context: ProviderContext): Provider {
  return byPrefix(deployment.provider, deployment, context);
}

/**
 * Makes the provider of one entry of `GATEWAY_UPSTREAMS`: `http(s)://` is an OpenAI-compatible upstream (`/v1` is
 * added when there is no path), `anthropic+http(s)://` an Anthropic one and `litellm+http(s)://` a LiteLLM proxy, of
 * which `anthropic://` (https) and `litellm://` (http) are short; `mock://` lives in the process. A prefix with
 * nothing behind its `://` is that provider's own address. A vendor's key variable is used for that vendor's own
 * address only: a key must never travel to another one.
 *
 * @throws RangeError when the address cannot be read
 */
export function createUpstreamProvider(
  { address, apiKey, endpoints }: NamedUpstream,
  defaults: UpstreamDefaults,
  context: ProviderContext,
): Provider {
  const settings: ProviderSettings = {
    ...defaults,
    apiBase: undefined,
    apiKey,
    endpoints,
    options: new DeploymentOptions({}),
    extraHeaders: {},
    dropFields: [],
    chatOnly: false,
  };
  const [, scheme = '', transport, rest = ''] = /^([a-z0-9_]+)(?:\+(https?))?:\/\/(.*)$/s.exec(address) ?? [];
  if (scheme === 'mock') return byPrefix(scheme, { ...settings, apiBase: address }, context);
  if (rest === '' && transport === undefined && scheme !== '') return byPrefix(scheme, settings, context);
  if (scheme === 'anthropic') {
    const apiBase = httpAddress(`${transport ?? 'https'}://${rest}`);
    const isOwn = new URL(apiBase).origin === ANTHROPIC_API_BASE;
    return byPrefix(scheme, { ...settings, apiBase }, isOwn ? context : withoutKeys(context));
  }
  if (scheme === 'litellm')
    return byPrefix(scheme, { ...settings, apiBase: `${transport ?? 'http'}://${rest}` }, context);
  if (scheme !== 'http' && scheme !== 'https') throw new RangeError(FORMS);
  return byAddress({ ...settings, apiBase: httpAddress(address) }, context);
}

const FORMS =
  'the address must begin with http://, https://, anthropic://, litellm:// or mock://, or be a prefix before a bare ://';

/** Providers that are no row of the table, by their prefixes. */
const OWN_KINDS: ReadonlyMap<string, ProviderFactory> = new Map<string, ProviderFactory>([
  ['anthropic', anthropicProvider],
  ['azure', (settings, context) => azureProvider('azure', settings, context)],
  ['azure_ai', (settings, context) => azureProvider('azure_ai', settings, context)],
  ['bedrock', bedrockProvider],
  ['cohere', cohereProvider],
  ['cohere_chat', cohereProvider],
  ['laas', laasProvider],
  ['mock', (settings) => new MockProvider(settings.apiBase ?? 'mock://local', settings)],
  ['vertex_ai', vertexProvider],
]);

function byPrefix(prefix: string, settings: ProviderSettings, context: ProviderContext): Provider {
  const own = OWN_KINDS.get(prefix);
  if (own !== undefined) return own(settings, context);
  const vendor = vendorOf(prefix);
  if (vendor === undefined) throw new RangeError(`provider "${prefix}" is not known`);
  return openAiCompatibleProvider(vendor, settings, context);
}

/** Customers of one vendor with addresses of their own share no keys. */
function byAddress(settings: ProviderSettings & { apiBase: string }, context: ProviderContext): Provider {
  const { apiBase } = settings;
  if (isAzureAddress(apiBase)) {
    return azureProvider('azure', settings, keysFor(apiBase, [AZURE_PREFIXES.azure.base], context));
  }
  const vendor = vendorAt(apiBase);
  if (vendor === undefined) return openAiCompatibleProvider(UNKNOWN_SERVER, settings, context);
  const known = vendor.domains === undefined ? context : keysFor(apiBase, vendor.baseVariables ?? [], context);
  return openAiCompatibleProvider(vendor, settings, known);
}

/** Keys only for the address that one of the variables names. */
function keysFor(address: string, variables: readonly string[], context: ProviderContext): ProviderContext {
  const { origin } = new URL(address);
  const isNamed = variables.some((name) => URL.parse(context.env.text(name) ?? '')?.origin === origin);
  return isNamed ? context : withoutKeys(context);
}

function withoutKeys(context: ProviderContext): ProviderContext {
  return { ...context, env: { text: (name) => context.env.text(name), secret: () => undefined } };
}
