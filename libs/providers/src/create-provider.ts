import type { Secret } from '@sallyport/config';
import { ANTHROPIC_API_BASE, ANTHROPIC_KEY_VARIABLE, anthropicProvider } from './anthropic/anthropic.provider';
import type { HttpPort } from './http/http.port';
import { MockProvider } from './mock/mock.provider';
import { openAiCompatibleProvider } from './openai-compatible/openai-compatible.provider';
import { OPENAI_COMPATIBLE_VENDORS } from './openai-compatible/vendors';
import type { Provider } from './provider.port';

/** Looks up the credential that a well-known variable holds. */
export type KeyLookup = (variable: string) => Secret | undefined;

export interface DeploymentAddress {
  /** Provider prefix of `litellm_params.model`, such as `openai` or `anthropic`. */
  readonly prefix: string;
  readonly apiBase: string | undefined;
  readonly apiKey: Secret | undefined;
}

/**
 * Makes the provider of one entry of a `model_list`.
 *
 * @throws RangeError when the prefix is not known, `api_base` is needed, or it cannot be read
 */
export function createDeploymentProvider(address: DeploymentAddress, keys: KeyLookup, http: HttpPort): Provider {
  const { prefix, apiBase, apiKey } = address;
  if (prefix === 'mock') return new MockProvider(apiBase ?? 'mock://local');
  if (prefix === 'anthropic') {
    const base = cutSlash(apiBase ?? ANTHROPIC_API_BASE).replace(/\/v1(\/messages)?$/, '');
    return anthropicProvider(httpUrl(base), apiKey ?? keys(ANTHROPIC_KEY_VARIABLE), http);
  }
  const vendor = OPENAI_COMPATIBLE_VENDORS.find((row) => row.prefix === prefix);
  if (vendor === undefined) throw new RangeError(`provider "${prefix}" is not known`);
  const base = apiBase ?? vendor.apiBase;
  if (base === undefined) throw new RangeError(`provider "${prefix}" needs api_base`);
  const key = apiKey ?? (vendor.keyVariable === undefined ? undefined : keys(vendor.keyVariable));
  return openAiCompatibleProvider(prefix, httpUrl(cutSlash(base)), key, http);
}

/**
 * Makes the provider of one entry of `GATEWAY_UPSTREAMS`: `http(s)://` is an OpenAI-compatible upstream (`/v1` is
 * added when there is no path), `anthropic+http(s)://` an Anthropic one, `anthropic://` short for its https form, and
 * `mock://` lives in the process. A vendor's key variable is used for that vendor's own host only: a key must never
 * travel to another address.
 *
 * @throws RangeError when the address cannot be read
 */
export function createUpstreamProvider(
  address: string,
  apiKey: Secret | undefined,
  keys: KeyLookup,
  http: HttpPort,
): Provider {
  if (address.startsWith('mock://')) return new MockProvider(address);
  const anthropic = /^anthropic(?:\+(https?))?:\/\/(.*)$/.exec(address);
  if (anthropic !== null) {
    const base = httpUrl(cutSlash(`${anthropic[1] ?? 'https'}://${anthropic[2]}`));
    const own = base === ANTHROPIC_API_BASE ? keys(ANTHROPIC_KEY_VARIABLE) : undefined;
    return anthropicProvider(base, apiKey ?? own, http);
  }
  const url = new URL(httpUrl(address));
  const base = cutSlash(url.pathname === '/' ? `${url.origin}/v1` : address);
  const vendor = OPENAI_COMPATIBLE_VENDORS.find((row) => row.apiBase?.startsWith(`${url.origin}/`));
  const own = vendor?.keyVariable === undefined ? undefined : keys(vendor.keyVariable);
  return openAiCompatibleProvider(vendor?.prefix ?? 'openai', base, apiKey ?? own, http);
}

function cutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function httpUrl(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new RangeError(
      'the address must begin with http://, https://, anthropic+http(s)://, anthropic:// or mock://',
    );
  }
  if (url.username || url.password) throw new RangeError('the address must not hold credentials');
  return address;
}
