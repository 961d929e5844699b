import type { Secret } from '@sallyport/config';
import type { HttpPort } from '../http/http.port';
import { HttpProvider } from '../http-provider';

/**
 * Reaches an upstream that speaks the OpenAI API.
 *
 * @param apiBase address up to and including the version, such as `https://api.openai.com/v1`
 */
export function openAiCompatibleProvider(
  name: string,
  apiBase: string,
  apiKey: Secret | undefined,
  http: HttpPort,
): HttpProvider {
  const paths = { 'openai-chat': '/chat/completions' };
  return new HttpProvider({ name, apiBase, apiKey, paths, authenticate: bearer }, http);
}

function bearer(apiKey: Secret | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey.reveal()}` };
}
