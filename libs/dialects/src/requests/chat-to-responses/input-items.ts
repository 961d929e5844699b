import { isObject, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { malformed, optionalText, requiredText } from '../from-messages/fields';
import { at, callsOf, legacyCallId, objectsOf, partsOf } from '../chat-to-messages/read-chat';
import { openReasoning } from '../sealed-reasoning';
import { safeToolCallId } from '../tool-call-id';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';
import { contentParts } from './content-parts';

const { content: RULES } = CHAT_TO_RESPONSES_RULES;
const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/**
 * The messages as items, in their order.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the message
 */
export function inputItems(request: JsonObject, translation: RequestTranslation): JsonObject[] {
  const items: JsonObject[] = [];
  const customCalls = new Set<string>();
  let lastFunctionCall: string | undefined;
  for (const { value: message, path } of objectsOf(request['messages'], 'messages')) {
    const role = checkMessage(message, path, translation);
    if (role === 'assistant') {
      items.push(...assistantItems(message, path, customCalls, translation));
      if (isObject(message['function_call'])) lastFunctionCall = legacyCallId(path);
    } else if (role === 'tool' || role === 'function') {
      const id = role === 'tool' ? requiredText(message, 'tool_call_id', path) : lastFunctionCall;
      if (id === undefined) throw malformed(path, 'preceded by the function call that it answers');
      const type = customCalls.has(id) ? 'custom_tool_call_output' : 'function_call_output';
      items.push({ type, call_id: safeToolCallId(id), output: contentOf(message, path, translation) });
    } else {
      items.push({ type: 'message', role, content: contentOf(message, path, translation) });
    }
  }
  return items;
}

/** @returns the role */
function checkMessage(message: JsonObject, path: string, translation: RequestTranslation): string {
  const role = requiredText(message, 'role', path);
  const kind = ROLES.has(role) ? role : 'other';
  translation.checkContent(RULES, `message: ${kind}`, role, at(path, 'role'));
  for (const [name, value] of Object.entries(message)) {
    if (value === null || value === undefined) continue;
    translation.checkContent(RULES, `message.${name}`, value, at(path, name));
  }
  return role;
}

/** A text stays a text. */
function contentOf(message: JsonObject, path: string, translation: RequestTranslation): unknown {
  const { content } = message;
  return typeof content === 'string' ? content : contentParts(partsOf(message, path), 'input_text', translation);
}

/** Reasoning, text and calls of one message. @param customCalls collects the ids of calls of custom tools */
function assistantItems(
  message: JsonObject,
  path: string,
  customCalls: Set<string>,
  translation: RequestTranslation,
): JsonObject[] {
  const refusal = optionalText(message, 'refusal', path) ?? '';
  const content = contentParts(partsOf(message, path), 'output_text', translation);
  if (refusal !== '') content.push({ type: 'refusal', refusal });
  const calls = callsOf(message, path).map((call) => {
    translation.checkContent(RULES, `tool call: ${call.kind}`, call.kind, call.path);
    const named = { call_id: safeToolCallId(call.id), name: call.name };
    if (call.kind !== 'custom') return { type: 'function_call', ...named, arguments: call.input || '{}' };
    customCalls.add(call.id);
    return { type: 'custom_tool_call', ...named, input: call.input };
  });
  return [
    ...reasoningItems(message, path, translation),
    ...(content.length > 0 ? [{ type: 'message', role: 'assistant', content }] : []),
    ...calls,
  ];
}

/** Reasoning that an upstream of this dialect gave away under seal, on its way back. */
function reasoningItems(message: JsonObject, path: string, translation: RequestTranslation): JsonObject[] {
  return objectsOf(message['thinking_blocks'], at(path, 'thinking_blocks')).flatMap(({ value, path: blockPath }) => {
    const { signature } = value;
    const sealed = typeof signature === 'string' ? openReasoning('openai-responses', signature) : undefined;
    if (sealed === undefined) translation.drop(blockPath);
    return sealed === undefined ? [] : [{ ...sealed, type: 'reasoning' }];
  });
}
