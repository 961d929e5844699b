import type { Secret } from '@sallyport/config';
import type { HttpPort } from '../http/http.port';
import { HttpProvider } from '../http-provider';

export const ANTHROPIC_API_BASE = 'https://api.anthropic.com';
export const ANTHROPIC_KEY_VARIABLE = 'ANTHROPIC_API_KEY';

/** Sent when the client named no version. */
const VERSION = { 'anthropic-version': '2023-06-01' };

/**
 * Reaches an upstream that speaks the Anthropic Messages API.
 *
 * @param apiBase address without `/v1`, such as `https://api.anthropic.com`
 */
export function anthropicProvider(apiBase: string, apiKey: Secret | undefined, http: HttpPort): HttpProvider {
  const paths = { 'anthropic-messages': '/v1/messages' };
  return new HttpProvider({ name: 'anthropic', apiBase, apiKey, paths, authenticate, defaultHeaders: VERSION }, http);
}

function authenticate(apiKey: Secret | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { 'x-api-key': apiKey.reveal() };
}
