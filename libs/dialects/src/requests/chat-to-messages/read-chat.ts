import { isObject, type JsonObject } from '../../reply/json-value';
import { malformed, optionalObject, optionalText, requiredObject, requiredText } from '../from-messages/fields';

/** Members of an array of objects, with their paths. Nothing for null. */
export function objectsOf(value: unknown, path: string): { value: JsonObject; path: string }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(path, 'an array');
  return value.map((entry: unknown, index) => {
    const entryPath = `${path}.${index}`;
    if (!isObject(entry)) throw malformed(entryPath, 'an object');
    return { value: entry, path: entryPath };
  });
}

/** One piece of a message's content; a plain string counts as one text part. */
export interface ChatPart {
  readonly type: string;
  readonly value: JsonObject;
  readonly path: string;
}

/** @param path of the message that has the content */
export function partsOf(message: JsonObject, path: string): ChatPart[] {
  const { content } = message;
  const contentPath = at(path, 'content');
  if (typeof content === 'string') {
    return [{ type: 'text', value: { type: 'text', text: content }, path: contentPath }];
  }
  return objectsOf(content, contentPath).map(({ value, path: partPath }) => ({
    type: requiredText(value, 'type', partPath),
    value,
    path: partPath,
  }));
}

/** A call that the model made in an earlier turn. */
export interface ChatCall {
  readonly kind: 'function' | 'custom' | 'other';
  readonly id: string;
  readonly name: string;
  /** JSON text of a function's arguments, or the free text given to a custom tool. */
  readonly input: string;
  /** Path of the call, and of its input, for error messages. */
  readonly path: string;
  readonly inputPath: string;
}

/** The calls of an assistant's message: `tool_calls`, and the `function_call` of older clients. */
export function callsOf(message: JsonObject, path: string): ChatCall[] {
  const calls = objectsOf(message['tool_calls'], at(path, 'tool_calls')).map((entry) =>
    toolCall(entry.value, entry.path),
  );
  const legacy = optionalObject(message, 'function_call', path);
  if (legacy !== undefined) calls.push(functionCall(legacy, at(path, 'function_call'), legacyCallId(path)));
  return calls;
}

/**
 * A `function_call` has no id. It gets one that depends on its place only, so that the same history stays the same.
 *
 * @param path of the message that has the call, such as `messages.3`
 */
export function legacyCallId(path: string): string {
  return `call_${path.replaceAll('.', '_')}`;
}

function toolCall(call: JsonObject, path: string): ChatCall {
  const id = requiredText(call, 'id', path);
  if (call['type'] === 'custom') {
    const custom = requiredObject(call, 'custom', path);
    const customPath = at(path, 'custom');
    const name = requiredText(custom, 'name', customPath);
    const input = optionalText(custom, 'input', customPath) ?? '';
    return { kind: 'custom', id, name, input, path, inputPath: at(customPath, 'input') };
  }
  if ((call['type'] ?? 'function') !== 'function')
    return { kind: 'other', id, name: '', input: '', path, inputPath: path };
  return { ...functionCall(requiredObject(call, 'function', path), at(path, 'function'), id), path };
}

function functionCall(call: JsonObject, path: string, id: string): ChatCall {
  const name = requiredText(call, 'name', path);
  const input = optionalText(call, 'arguments', path) ?? '';
  return { kind: 'function', id, name, input, path, inputPath: at(path, 'arguments') };
}

/** Path of a member. @param path of the object; empty for the request itself */
export function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
