import type { Secret } from '@sallyport/config';
import type { Endpoint } from '@sallyport/dialects';
import { chooseEndpoints } from '../choose-endpoints';
import { ANTHROPIC_PATHS } from '../endpoint-paths';
import { httpAddress } from '../http/http-address';
import { HttpProvider } from '../http-provider';
import type { ProviderContext, ProviderSettings } from '../provider-settings';

export const ANTHROPIC_API_BASE = 'https://api.anthropic.com';
const ANTHROPIC_KEY_VARIABLE = 'ANTHROPIC_API_KEY';
/** Not `ANTHROPIC_BASE_URL`: clients of the gateway name the gateway by it, often in the same shell. */
const ANTHROPIC_BASE_VARIABLE = 'ANTHROPIC_API_BASE';

const ENDPOINTS = Object.keys(ANTHROPIC_PATHS) as Endpoint[];

/** Sent when the client named no version. */
const VERSION = { 'anthropic-version': '2023-06-01' };

/**
 * Reaches an upstream that speaks the Anthropic Messages API. Its address may end in `/v1` or `/v1/messages`, as
 * LiteLLM allows.
 *
 * @throws RangeError when the settings cannot be used
 */
export function anthropicProvider(settings: ProviderSettings, { env, http }: ProviderContext): HttpProvider {
  const address = settings.apiBase ?? env.text(ANTHROPIC_BASE_VARIABLE) ?? ANTHROPIC_API_BASE;
  const options = {
    name: 'anthropic',
    apiBase: httpAddress(address).replace(/\/v1(\/messages)?$/, ''),
    apiKey: settings.apiKey ?? env.secret(ANTHROPIC_KEY_VARIABLE),
    paths: chooseEndpoints(ENDPOINTS, ANTHROPIC_PATHS, settings),
    defaultHeaders: VERSION,
    authenticate,
    settings,
  };
  return new HttpProvider(options, http);
}

function authenticate(apiKey: Secret | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { 'x-api-key': apiKey.reveal() };
}
