import { isObject, numberOf, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { AssistantReply, ReplyContent } from '../reply/assistant-reply';
import { readContent, reasoningPieces, reasoningText } from './chat-content';
import { readFinishReason } from './chat-stop-reason';
import { argumentsText } from './chat-tool-call';
import { chatUsage } from './chat-usage';

/**
 * Reads a whole chat completion; of several choices the first.
 * Source: https://platform.openai.com/docs/api-reference/chat/object
 */
export function readChatReply(body: JsonObject): AssistantReply {
  const choice = firstChoice(body['choices']);
  const message = objectOf(choice['message']);
  const said = readContent(message);
  const calls = toolCalls(message);
  return {
    id: textOf(body['id']) ?? '',
    created: createdSeconds(body['created']),
    content: [
      ...reasoning(message, said.reasoning),
      ...(said.text === '' ? [] : [{ type: 'text', text: said.text } as const]),
      ...(said.refusal === '' ? [] : [{ type: 'refusal', text: said.refusal } as const]),
      ...calls,
    ],
    stop: readFinishReason(choice['finish_reason'], calls.length > 0),
    usage: chatUsage(body['usage']),
  };
}

/** Some servers count `created` in milliseconds. */
export function createdSeconds(created: unknown): number | undefined {
  const number = Math.floor(numberOf(created));
  if (number <= 0) return undefined;
  return number > 100_000_000_000 ? Math.floor(number / 1000) : number;
}

function firstChoice(choices: unknown): JsonObject {
  if (!Array.isArray(choices)) return {};
  return objectOf(choices.find((choice) => objectOf(choice)['index'] === 0) ?? choices[0]);
}

/** Pieces with a proof are better than the plain text; the plain text is better than pieces that have none. */
function reasoning(message: JsonObject, fromContent: string): ReplyContent[] {
  const text = reasoningText(message) || fromContent;
  const pieces = reasoningPieces(message);
  const hasText = pieces.some((piece) => piece.text !== '');
  return text === '' || hasText ? pieces : [{ type: 'reasoning', text }, ...pieces];
}

function toolCalls(message: JsonObject): ReplyContent[] {
  const { tool_calls: calls, function_call: call } = message;
  const ids = new Set<string>();
  if (Array.isArray(calls) && calls.length > 0) return calls.filter(isObject).flatMap((item) => toolCall(item, ids));
  return isObject(call) ? toolCall({ function: call }, ids) : [];
}

/** @param ids of the calls before it: two of one id could not be answered apart, so the writer makes up another */
function toolCall(call: JsonObject, ids: Set<string>): ReplyContent[] {
  const fn = objectOf(call['function']);
  const name = textOf(fn['name']) ?? '';
  if (name === '') return [];
  const given = textOf(call['id']) ?? '';
  const id = ids.has(given) ? '' : given;
  ids.add(given);
  return [{ type: 'tool-call', id, name, arguments: argumentsText(fn['arguments']).trim() || '{}' }];
}
