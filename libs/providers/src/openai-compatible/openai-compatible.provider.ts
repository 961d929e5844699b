import type { Secret } from '@sallyport/config';
import { isDialect, type Endpoint } from '@sallyport/dialects';
import { chooseEndpoints } from '../choose-endpoints';
import { OPENAI_PATHS } from '../endpoint-paths';
import { httpAddress, withPath } from '../http/http-address';
import { sendableHeaders } from '../http/sendable-headers';
import { HttpProvider } from '../http-provider';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import type { OpenAiCompatibleVendor } from './vendor';
import { isOwnAddress } from './vendors';

type Variables = ProviderContext['env'];

/**
 * Reaches an upstream that speaks the OpenAI API.
 *
 * @throws RangeError when the settings cannot be used or lack the address
 */
export function openAiCompatibleProvider(
  vendor: OpenAiCompatibleVendor,
  settings: ProviderSettings,
  { env, http }: ProviderContext,
): HttpProvider {
  const address = httpAddress(settings.apiBase ?? addressOf(vendor, env));
  const isOwn = isOwnAddress(vendor, address);
  const apiBase = withPath(address, barePathOf(vendor, isOwn));
  const headers = headersOf(vendor, settings, env);
  const options = {
    name: vendor.prefix,
    apiBase,
    apiKey: settings.apiKey ?? vendor.keyVariables.map((name) => env.secret(name)).find((key) => key !== undefined),
    paths: chooseEndpoints(isOwn ? vendor.endpoints : endpointsElsewhere(vendor), OPENAI_PATHS, settings),
    traits: vendor.traits,
    authenticate: (apiKey: Secret | undefined) => ({ ...headers, ...bearer(apiKey) }),
    settings,
  };
  return new HttpProvider(options, http);
}

function addressOf(vendor: OpenAiCompatibleVendor, env: Variables): string {
  const variables = vendor.baseVariables ?? [];
  const given = variables.map((name) => env.text(name)).find((value) => value !== undefined);
  if (given !== undefined) return given;
  if (vendor.apiBase === undefined) throw needs(vendor, variables[0]);
  return vendor.apiBase.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = env.text(name);
    if (value === undefined) throw needs(vendor, name);
    return encodeURIComponent(value);
  });
}

function needs({ prefix }: OpenAiCompatibleVendor, variable: string | undefined): RangeError {
  return new RangeError(`provider "${prefix}" needs api_base${variable === undefined ? '' : ` or ${variable}`}`);
}

/** The vendor's own host is enough of an address; at others the operator knows the path. */
function barePathOf({ barePath, apiBase }: OpenAiCompatibleVendor, isOwn: boolean): string {
  return barePath ?? (isOwn && apiBase !== undefined ? new URL(apiBase).pathname : '');
}

/** Another address under a vendor's prefix is likely to speak chat, and unlikely to speak what came later. */
function endpointsElsewhere({ endpoints, endpointsElsewhere: named }: OpenAiCompatibleVendor): readonly Endpoint[] {
  return named ?? endpoints.filter((endpoint) => endpoint === 'openai-chat' || !isDialect(endpoint));
}

function headersOf(
  { headers = [] }: OpenAiCompatibleVendor,
  { options }: ProviderSettings,
  env: Variables,
): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const { name, variable, option } of headers) {
    const own = option === undefined ? undefined : options.text(option);
    const value = own ?? env.text(variable);
    if (value !== undefined) Object.assign(sent, sendableHeaders(option ?? variable, { [name]: value }));
  }
  return sent;
}

function bearer(apiKey: Secret | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey.reveal()}` };
}
