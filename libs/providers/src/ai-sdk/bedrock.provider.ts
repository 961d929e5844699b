import type { Secret } from '@sallyport/config';
import { isObject } from '@sallyport/dialects';
import { httpAddress } from '../http/http-address';
import type { Provider } from '../provider.port';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import { AiSdkProvider } from './ai-sdk.provider';
import { vendorEndpoints } from './ai-vendor';
import { bedrockEmbeddingOptions, bedrockOptions } from './bedrock-options';

/** Variables that count for every deployment with the prefix `bedrock`, in the order in which they are asked. */
export const BEDROCK_VARIABLES = {
  apiBase: 'AWS_BEDROCK_RUNTIME_ENDPOINT',
  bearerToken: 'AWS_BEARER_TOKEN_BEDROCK',
  accessKeyId: 'AWS_ACCESS_KEY_ID',
  secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  sessionToken: 'AWS_SESSION_TOKEN',
  regions: ['AWS_REGION_NAME', 'AWS_REGION', 'AWS_DEFAULT_REGION'],
} as const;

/** Ways of calling that LiteLLM tells apart before the name of a model; here it is always Converse. */
const WAYS = /^(?:converse|converse_like|invoke)\//;

/** Exceptions that Bedrock sends inside a stream, with the status that they have outside of one. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  validationException: 400,
  throttlingException: 429,
  internalServerException: 500,
  modelStreamErrorException: 502,
  serviceUnavailableException: 503,
};

/**
 * Reaches AWS Bedrock by its Converse API. `litellm_params`: `aws_region_name`, `api_base` or
 * `aws_bedrock_runtime_endpoint`, and one of `api_key` (a Bedrock API key) or `aws_access_key_id`,
 * `aws_secret_access_key` and `aws_session_token`. Keys of the deployment win over those of the environment, which come
 * from {@link BEDROCK_VARIABLES}; profiles, roles and instance metadata are not asked.
 *
 * @throws RangeError when the region or the credential is missing, or a setting cannot be used
 */
export function bedrockProvider(settings: ProviderSettings, { env, http }: ProviderContext): Provider {
  const { options } = settings;
  const region =
    options.text('aws_region_name') ?? BEDROCK_VARIABLES.regions.map((name) => env.text(name)).find(Boolean);
  if (region === undefined) throw new RangeError('provider "bedrock" needs aws_region_name or AWS_REGION');
  if (!/^[a-z0-9-]+$/.test(region)) throw new RangeError('aws_region_name is no region');
  const named = settings.apiBase ?? options.text('aws_bedrock_runtime_endpoint') ?? env.text(BEDROCK_VARIABLES.apiBase);
  const apiBase = httpAddress(named ?? `https://bedrock-runtime.${region}.${domainOf(region)}`);
  const credential = readCredential(settings, env);
  const vendor = {
    name: 'bedrock',
    apiBase,
    endpoints: vendorEndpoints(settings),
    load: async (fetch: typeof globalThis.fetch) => {
      const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
      const models = createAmazonBedrock({ region, baseURL: apiBase, fetch, ...revealed(credential) });
      return {
        languageModel: (id: string) => models.languageModel(id.replace(WAYS, '')),
        embeddingModel: (id: string) => models.embeddingModel(id.replace(WAYS, '')),
      };
    },
    takesLaterInstructions: false,
    wantsJsonInWords: true,
    needsToolsForCalls: true,
    canCallOneTool: (model: string) => model.includes('anthropic'),
    proofsOf: 'bedrock',
    options: bedrockOptions,
    embeddingOptions: bedrockEmbeddingOptions,
    statusOfEvent,
  };
  return new AiSdkProvider(vendor, settings, http);
}

/** Other partitions of AWS are reached by their `api_base`. */
function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

type Credential =
  | { readonly bearerToken: Secret }
  | { readonly accessKeyId: Secret; readonly secretAccessKey: Secret; readonly sessionToken: Secret | undefined };

function readCredential({ apiKey, options }: ProviderSettings, env: ProviderContext['env']): Credential {
  if (apiKey !== undefined) return { bearerToken: apiKey };
  const own = keyPair(
    options.secret('aws_access_key_id'),
    options.secret('aws_secret_access_key'),
    options.secret('aws_session_token'),
  );
  if (own !== undefined) return own;
  const bearerToken = env.secret(BEDROCK_VARIABLES.bearerToken);
  if (bearerToken !== undefined) return { bearerToken };
  const found = keyPair(
    env.secret(BEDROCK_VARIABLES.accessKeyId),
    env.secret(BEDROCK_VARIABLES.secretAccessKey),
    env.secret(BEDROCK_VARIABLES.sessionToken),
  );
  if (found !== undefined) return found;
  throw new RangeError(
    'provider "bedrock" needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_BEARER_TOKEN_BEDROCK',
  );
}

/** @throws RangeError when there is one half only */
function keyPair(
  accessKeyId: Secret | undefined,
  secretAccessKey: Secret | undefined,
  sessionToken: Secret | undefined,
): Credential | undefined {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey, sessionToken };
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  throw new RangeError('provider "bedrock" needs the access key id and the secret access key together');
}

/** An empty `apiKey` keeps the package from looking for a token in the environment itself. */
function revealed(credential: Credential): Record<string, string> {
  if ('bearerToken' in credential) return { apiKey: credential.bearerToken.reveal() };
  const { accessKeyId, secretAccessKey, sessionToken } = credential;
  return {
    apiKey: '',
    accessKeyId: accessKeyId.reveal(),
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken && { sessionToken: sessionToken.reveal() }),
  };
}

function statusOfEvent(event: unknown): number | undefined {
  if (!isObject(event)) return undefined;
  const exception = Object.keys(EXCEPTIONS).find((name) => event[name] !== undefined);
  return exception === undefined ? undefined : EXCEPTIONS[exception];
}
