import { isObject, textOf } from '@sallyport/dialects';
import type { CallRequest } from './call-outcome';
import { redactObject } from './redact-credentials';

/** Fields of a request that are not parameters of the model. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'input',
  'instructions',
  'prompt',
  'metadata',
  'user',
  'tags',
]);

/**
 * The whole input: messages, the items of a response, the texts of an embedding, or a prompt. Instructions beside it
 * lead it, as the message that they are.
 */
export function inputMessages({ body }: CallRequest): unknown {
  const input = body['messages'] ?? body['input'] ?? body['prompt'] ?? null;
  const instructions = body['system'] ?? body['instructions'];
  if (instructions == null || input === null) return input;
  const turns: unknown[] = Array.isArray(input) ? input : [{ role: 'user', content: input }];
  return [{ role: 'system', content: instructions }, ...turns];
}

/** What was asked of the model beside the input: temperature, tools, limits … Credentials for tools are left out. */
export function modelParameters({ body }: CallRequest): Record<string, unknown> {
  return redactObject(Object.fromEntries(Object.entries(body).filter(([key]) => !NOT_PARAMETERS.has(key))));
}

/** `user` of a chat request, `metadata.user_id` of a message; an empty string when neither is given. */
export function endUser({ body }: CallRequest): string {
  const { user, metadata } = body;
  return textOf(user) ?? (isObject(metadata) ? textOf(metadata['user_id']) : undefined) ?? '';
}

/** Tags of the body (or of its metadata), then the client's product and full user agent. */
export function requestTags({ body, userAgent }: CallRequest): string[] {
  const given = body['tags'] ?? (isObject(body['metadata']) ? body['metadata']['tags'] : undefined);
  const tags = Array.isArray(given) ? given.filter((tag) => typeof tag === 'string') : [];
  if (userAgent === null) return tags;
  const product = /^[^/\s]+/.exec(userAgent)?.[0] ?? userAgent;
  return [...new Set([...tags, `User-Agent: ${product}`, `User-Agent: ${userAgent}`])];
}
