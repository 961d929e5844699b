import type { JsonObject } from '../../json/json-value';
import { openReasoning } from '../../reply/sealed-reasoning';
import { safeToolCallId } from '../../reply/tool-call-id';
import { at, objectsOf, optionalText } from '../fields';
import { callsOf } from '../from-chat/read-calls';
import { messagesOf } from '../from-chat/read-messages';
import { partsOf } from '../from-chat/read-parts';
import type { RequestTranslation } from '../request-translation';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';
import { contentParts } from './content-parts';

const { content: RULES } = CHAT_TO_RESPONSES_RULES;

/**
 * The messages as items, in their order.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the message
 */
export function inputItems(request: JsonObject, translation: RequestTranslation): JsonObject[] {
  const customCalls = new Set<string>();
  return messagesOf(request, RULES, translation).flatMap((message): JsonObject[] => {
    const { role, value, path } = message;
    if (role === 'assistant') return assistantItems(value, path, customCalls, translation);
    const content = contentOf(value, path, translation);
    if (role !== 'tool' && role !== 'function') return [{ type: 'message', role, content }];
    const type = customCalls.has(message.callId) ? 'custom_tool_call_output' : 'function_call_output';
    return [{ type, call_id: safeToolCallId(message.callId), output: content }];
  });
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
    ...reasoningItems(message, path),
    ...(content.length > 0 ? [{ type: 'message', role: 'assistant', content }] : []),
    ...calls,
  ];
}

/** Reasoning that an upstream of this dialect gave away under seal, on its way back. */
function reasoningItems(message: JsonObject, path: string): JsonObject[] {
  return objectsOf(message['thinking_blocks'], at(path, 'thinking_blocks')).flatMap(({ value: { signature } }) => {
    const sealed = typeof signature === 'string' ? openReasoning('openai-responses', signature) : undefined;
    return sealed === undefined ? [] : [{ ...sealed, type: 'reasoning' }];
  });
}
