import { isObject, type JsonObject } from '../../json/json-value';
import { at, malformed, objectsOf, requiredText, type PlacedObject } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { RuleTable } from '../translation-rules';
import { legacyCallId } from './read-calls';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;

/** One message, after the rules for its members. */
export type ChatMessageRead = PlacedObject &
  (
    | { readonly role: 'system' | 'developer' | 'user' | 'assistant' }
    /** Id of the call that it answers. */
    | { readonly role: 'tool' | 'function'; readonly callId: string }
  );

/**
 * Reads the outline of the messages: who says each, and what of it counts.
 *
 * @param rules of the pair, for each kind of message and its members
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the message
 */
export function messagesOf(request: JsonObject, rules: RuleTable, translation: RequestTranslation): ChatMessageRead[] {
  let lastFunctionCall: string | undefined;
  return objectsOf(request['messages'], 'messages').map(({ value, path }): ChatMessageRead => {
    const role = roleOf(value, path);
    for (const [name, member] of Object.entries(value)) {
      if (member === null || member === undefined) continue;
      translation.checkContent(rules, `message.${name}`, member, at(path, name));
    }
    if (role === 'tool') return { role, value, path, callId: requiredText(value, 'tool_call_id', path) };
    if (role === 'function') {
      if (lastFunctionCall === undefined) throw malformed(path, 'preceded by the function call that it answers');
      return { role, value, path, callId: lastFunctionCall };
    }
    if (role === 'assistant' && isObject(value['function_call'])) lastFunctionCall = legacyCallId(path);
    return { role, value, path };
  });
}

function roleOf(message: JsonObject, path: string): (typeof ROLES)[number] {
  const given = requiredText(message, 'role', path);
  const role = ROLES.find((known) => known === given);
  if (role === undefined) throw malformed(at(path, 'role'), `one of ${ROLES.join(', ')}`);
  return role;
}
