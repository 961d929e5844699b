import type { Secret } from '@sallyport/config';
import type { Endpoint } from '@sallyport/dialects';
import { chooseEndpoints } from '../choose-endpoints';
import { OPENAI_PATHS, type EndpointPaths } from '../endpoint-paths';
import { httpAddress } from '../http/http-address';
import { HttpProvider } from '../http-provider';
import type { ProviderContext, ProviderSettings } from '../provider-settings';

/** Prefixes that LiteLLM tells apart, with the variables of each. */
export const AZURE_PREFIXES = {
  azure: { base: 'AZURE_API_BASE', key: 'AZURE_API_KEY', version: 'AZURE_API_VERSION' },
  azure_ai: { base: 'AZURE_AI_API_BASE', key: 'AZURE_AI_API_KEY', version: 'AZURE_AI_API_VERSION' },
} as const;

export type AzurePrefix = keyof typeof AZURE_PREFIXES;

const DOMAINS = ['openai.azure.com', 'services.ai.azure.com', 'cognitiveservices.azure.com'] as const;

export const AZURE_ENDPOINTS: readonly Endpoint[] = [
  'openai-chat',
  'openai-responses',
  'openai-completions',
  'openai-embeddings',
  'openai-images-generations',
  'openai-images-edits',
  'openai-audio-speech',
  'openai-audio-transcriptions',
  'openai-audio-translations',
  'openai-files',
  'openai-batches',
];

/** Dated versions are of the API before v1, whose paths name the deployment. */
const DATED = /^\d{4}-\d{2}-\d{2}/;

/** Whether an address is a resource at Azure; each customer has its own. */
export function isAzureAddress(address: string): boolean {
  const { protocol, host } = new URL(address);
  return protocol === 'https:' && DOMAINS.some((domain) => host.endsWith(`.${domain}`));
}

/**
 * Reaches Azure OpenAI or Azure AI Foundry by the v1 API, where a model is named by its deployment. With a dated
 * `api_version` it is the API before that, which serves less.
 * Source: https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
 *
 * @throws RangeError when the settings cannot be used or lack the address
 */
export function azureProvider(
  prefix: AzurePrefix,
  settings: ProviderSettings,
  { env, http }: ProviderContext,
): HttpProvider {
  const variables = AZURE_PREFIXES[prefix];
  const address = settings.apiBase ?? env.text(variables.base);
  if (address === undefined) throw new RangeError(`provider "${prefix}" needs api_base or ${variables.base}`);
  const resource = httpAddress(address).replace(/\/openai(\/(v1|deployments\/.*))?$/, '');
  const version = settings.options.text('api_version') ?? env.text(variables.version);
  const isDated = version !== undefined && DATED.test(version);
  const known = AZURE_ENDPOINTS.filter((endpoint) => endpoint !== 'openai-responses' || isAzureAddress(address));
  const paths = isDated ? DEPLOYMENT_PATHS : OPENAI_PATHS;
  const token = settings.options.secret('azure_ad_token') ?? env.secret('AZURE_AD_TOKEN');
  const options = {
    name: prefix,
    apiBase: `${resource}/openai${isDated ? '' : '/v1'}`,
    apiKey: settings.apiKey ?? env.secret(variables.key),
    paths: chooseEndpoints(
      known.filter((endpoint) => paths[endpoint] !== undefined),
      paths,
      settings,
    ),
    query: version === undefined ? undefined : `api-version=${encodeURIComponent(version)}`,
    traits: { tokenLimitField: 'max_completion_tokens' } as const,
    authenticate: (apiKey: Secret | undefined) => authenticate(apiKey, token),
    settings,
  };
  return new HttpProvider(options, http);
}

const DEPLOYMENT_PATHS: EndpointPaths = Object.fromEntries(
  AZURE_ENDPOINTS.filter((endpoint) => !['openai-responses', 'openai-files', 'openai-batches'].includes(endpoint)).map(
    (endpoint) => [endpoint, `/deployments/{model}${OPENAI_PATHS[endpoint]}`],
  ),
);

function authenticate(apiKey: Secret | undefined, token: Secret | undefined): Record<string, string> {
  if (apiKey !== undefined) return { 'api-key': apiKey.reveal() };
  return token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` };
}
