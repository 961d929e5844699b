import {
  at,
  malformed,
  objectsOf,
  partsOf,
  SallyportError,
  textOf,
  type JsonObject,
  type RequestTranslation,
} from '@sallyport/dialects';
import { laasPart } from './laas-content';
import type { LaasLimits } from './laas-limits';

const ROLES: readonly string[] = ['user', 'assistant', 'system'];

/**
 * Translates the messages of a chat request. LaaS knows three roles and no tools.
 *
 * @throws SallyportError `dialect_unsupported`, `invalid_request`
 */
export async function laasMessages(
  messages: unknown,
  limits: LaasLimits,
  translation: RequestTranslation,
): Promise<JsonObject[]> {
  const translated: JsonObject[] = [];
  for (const { value, path } of objectsOf(messages, 'messages')) {
    translated.push({
      role: roleOf(value, path),
      content: await contentOf(value, path, limits, translation),
    });
  }
  return translated;
}

function roleOf(message: JsonObject, path: string): string {
  const { role, tool_calls: calls, function_call: call } = message;
  if (typeof role !== 'string') throw malformed(at(path, 'role'), 'a string');
  const calledTools = Array.isArray(calls) ? calls.length > 0 : (calls ?? undefined) !== undefined;
  if (role === 'tool' || calledTools || (call ?? undefined) !== undefined) {
    const param = role === 'tool' ? at(path, 'role') : at(path, calledTools ? 'tool_calls' : 'function_call');
    throw new SallyportError('dialect_unsupported', 'LaaS API does not support tool calls', { param });
  }
  if (ROLES.includes(role)) return role;
  const why = `Invalid role '${role.slice(0, 64)}'. Only 'user', 'assistant', 'system' allowed`;
  throw new SallyportError('dialect_unsupported', why, { param: at(path, 'role') });
}

async function contentOf(
  message: JsonObject,
  path: string,
  limits: LaasLimits,
  translation: RequestTranslation,
): Promise<JsonObject[]> {
  if ((message['content'] ?? undefined) === undefined) {
    // What an assistant did not say, it may have refused.
    if (message['role'] === 'assistant') return [{ type: 'text', text: textOf(message['refusal']) ?? '' }];
    throw malformed(at(path, 'content'), 'a string or an array');
  }
  const parts: JsonObject[] = [];
  for (const part of partsOf(message, path)) {
    const translated = await laasPart(part, limits, translation);
    if (translated !== undefined) parts.push(translated);
  }
  if (parts.filter(({ type }) => type === 'image_url').length > limits.images) {
    const why = `LaaS takes at most ${limits.images} images in one message`;
    throw new SallyportError('dialect_unsupported', why, { param: at(path, 'content') });
  }
  return parts;
}
