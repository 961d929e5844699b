import { isObject, objectOf, textOf, type JsonObject } from '@sallyport/dialects';
import { limitDepth } from '../content/map-texts';

/**
 * All that a model wrote in a reply of any dialect, as far as it came: texts, refusals, reasoning, and the names and
 * arguments of tool calls. Nothing of it has to be right.
 */
export function replyTexts(response: unknown): string[] {
  const { choices, content, output } = objectOf(limitDepth(response));
  const texts = [...each(choices, choiceTexts), ...each(content, blockTexts), ...each(output, itemTexts)];
  return texts.filter((text) => typeof text === 'string' && text !== '') as string[];
}

/** Whether this is a reply, whole or begun, and not the body of an error. */
export function isReply(response: unknown): boolean {
  const { choices, content, output } = objectOf(response);
  return [choices, content, output].some(Array.isArray);
}

/** Whether a reply that may have broken off says of itself that the model was done. */
export function isFinished(response: unknown): boolean {
  const { choices, stop_reason: reason, status } = objectOf(response);
  if (Array.isArray(choices)) {
    return choices.length > 0 && choices.every((choice) => objectOf(choice)['finish_reason'] != null);
  }
  return reason != null || status === 'completed' || status === 'incomplete';
}

/** A choice of a chat completion, or of a completion. */
function choiceTexts(choice: JsonObject): unknown[] {
  const message = objectOf(choice['message']);
  return [
    choice['text'],
    ...contentTexts(message['content']),
    message['refusal'],
    // Some upstreams send the same reasoning under both names.
    message['reasoning_content'] ?? message['reasoning'],
    ...each(message['tool_calls'], (call) => callTexts(objectOf(call['function'] ?? call['custom']))),
    ...callTexts(objectOf(message['function_call'])),
  ];
}

/** A content block of a message. */
function blockTexts(block: JsonObject): unknown[] {
  return [block['text'], block['thinking'], ...callTexts(block)];
}

/** An output item of a response. */
function itemTexts(item: JsonObject): unknown[] {
  return [...contentTexts(item['content']), ...contentTexts(item['summary']), ...callTexts(item)];
}

function contentTexts(content: unknown): unknown[] {
  return typeof content === 'string' ? [content] : each(content, (part) => [part['text'], part['refusal']]);
}

/** Arguments are JSON text, a parsed object, or the free text of a custom tool. */
function callTexts(call: JsonObject): unknown[] {
  const given = call['arguments'] ?? call['input'];
  return [textOf(call['name']), isObject(given) ? JSON.stringify(given) : given];
}

function each(list: unknown, read: (item: JsonObject) => unknown[]): unknown[] {
  return Array.isArray(list) ? list.flatMap((item) => read(objectOf(item))) : [];
}
