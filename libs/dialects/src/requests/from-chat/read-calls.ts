import type { JsonObject } from '../../json/json-value';
import { at, objectsOf, optionalObject, optionalText, requiredObject, requiredText } from '../fields';

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
