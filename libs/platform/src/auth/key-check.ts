import type { Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { shownPath } from '../bootstrap/request-path';

/** The only routes that anybody may call. A route that is not named here takes a key, whoever adds it. */
const PUBLIC_ROUTES = /^\/(?:|health|livez|readyz|metrics|docs(?:-json|-yaml)?(?:\/.*)?|api\/hello)$/;

/**
 * Refuses a call before its body is read: one without a valid key, and one that no route takes. Reading and parsing
 * a large body costs far more than sending it, so that must not be open to everybody.
 *
 * @throws SallyportError (to the caller) `missing_key`, `wrong_key` or `not_found`
 */
export function checkBeforeBody(fastify: FastifyInstance, keys: readonly Secret[]): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) {
      return done(new SallyportError('not_found', `Cannot ${request.method} ${shownPath(request.url)}`));
    }
    if (!PUBLIC_ROUTES.test(request.routeOptions.url ?? '')) request.apiKey = provenKey(request, keys);
    done();
  });
}

/** Headers that may carry a key: OpenAI's and Anthropic's, LiteLLM's, Azure's two and Google's. */
export const API_KEY_HEADERS = [
  'x-litellm-api-key',
  'x-api-key',
  'api-key',
  'ocp-apim-subscription-key',
  'x-goog-api-key',
  'authorization',
] as const;

/**
 * Clients may send several of the headers, some of them empty or for somebody else: one valid key is enough.
 *
 * @returns the one of `keys` that the caller has shown to hold
 * @throws SallyportError `missing_key` or `wrong_key`
 */
export function provenKey({ headers }: FastifyRequest, keys: readonly Secret[]): Secret {
  const presented = API_KEY_HEADERS.map((name) => keyIn(headers[name])).filter((value) => value !== '');
  if (presented.length === 0) {
    throw new SallyportError('missing_key', 'Send an API key as Authorization: Bearer or X-API-Key');
  }
  const key = keys.find((candidate) => presented.some((value) => candidate.matches(value)));
  if (key === undefined) throw new SallyportError('wrong_key', 'The API key is not valid');
  return key;
}

function keyIn(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.replace(/^bearer(?:\s+|$)/i, '').trim() : '';
}
