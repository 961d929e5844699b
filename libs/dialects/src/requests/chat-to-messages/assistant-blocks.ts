import type { MessagesBlock } from '../../anthropic-messages/messages-request';
import { isObject, parseJson, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { malformed, optionalText } from '../from-messages/fields';
import { openReasoning } from '../sealed-reasoning';
import { safeToolCallId } from '../tool-call-id';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { contentBlocks, textBlock, withCacheControl } from './content-blocks';
import { at, callsOf, objectsOf, partsOf, type ChatCall } from './read-chat';

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
  return [...thinkingBlocks(message, path, translation), ...withCacheControl(said, message, path)];
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

/** Blocks that an Anthropic upstream has signed. What others made would be refused there. */
function thinkingBlocks(message: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  return objectsOf(message['thinking_blocks'], at(path, 'thinking_blocks')).flatMap(({ value, path: blockPath }) => {
    if (isSigned(value)) return [value];
    translation.drop(blockPath);
    return [];
  });
}

function isSigned(
  block: JsonObject,
): block is JsonObject & Extract<MessagesBlock, { type: 'thinking' | 'redacted_thinking' }> {
  if (block['type'] === 'redacted_thinking') return isProof(block['data']);
  return block['type'] === 'thinking' && typeof block['thinking'] === 'string' && isProof(block['signature']);
}

function isProof(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && openReasoning('openai-responses', value) === undefined;
}
