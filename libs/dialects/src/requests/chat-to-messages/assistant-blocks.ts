import type { MessagesBlock } from '../../anthropic-messages/messages-request';
import { isObject, parseJson, type JsonObject } from '../../json/json-value';
import { safeToolCallId } from '../../reply/tool-call-id';
import { at, malformed, objectsOf, optionalText } from '../fields';
import { callsOf, type ChatCall } from '../from-chat/read-calls';
import { partsOf } from '../from-chat/read-parts';
import type { RequestTranslation } from '../request-translation';
import { textBlock } from '../to-messages/content-blocks';
import { isSigned } from '../to-messages/signed-thinking';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { contentBlocks, withCacheControl } from './content-blocks';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;

/**
 * One message of the assistant: its signed thinking, its text and its calls, in this order.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names what cannot be translated
 */
export function assistantBlocks(message: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  const said = [
    ...contentBlocks(partsOf(message, path), translation),
    ...textBlock(optionalText(message, 'refusal', path) ?? ''),
    ...callsOf(message, path).flatMap((call) => callBlocks(call, translation)),
  ];
  // Thinking alone is no turn.
  if (said.length === 0) return [];
  return [...thinkingBlocks(message, path), ...withCacheControl(said, message, path)];
}

function callBlocks(call: ChatCall, translation: RequestTranslation): MessagesBlock[] {
  if (!translation.checkContent(RULES, `tool call: ${call.kind}`, call.kind, call.path)) return [];
  const input = call.kind === 'custom' ? { input: call.input } : functionInput(call);
  return [{ type: 'tool_use', id: safeToolCallId(call.id), name: call.name, input }];
}

function functionInput(call: ChatCall): JsonObject {
  if (call.input.trim() === '') return {};
  const input = parseJson(call.input);
  if (!isObject(input)) throw malformed(call.inputPath, 'the JSON text of an object');
  return input;
}

/** Blocks that an Anthropic upstream has signed, unchanged. */
function thinkingBlocks(message: JsonObject, path: string): MessagesBlock[] {
  return objectsOf(message['thinking_blocks'], at(path, 'thinking_blocks')).flatMap(({ value }) =>
    isSigned(value) ? [value] : [],
  );
}
