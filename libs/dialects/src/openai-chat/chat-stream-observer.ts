import { isObject, objectOf, textOf, type JsonObject } from '../json/json-value';
import { ChunkStreamObserver } from './chunk-stream-observer';

/** Puts a chat completion together from its chunks, whose choices hold a `delta` of the message. */
export class ChatStreamObserver extends ChunkStreamObserver {
  constructor() {
    super('chat.completion');
  }

  protected emptyChoice(): JsonObject {
    return { message: { role: 'assistant', content: null } };
  }

  protected grow(choice: JsonObject, part: JsonObject): void {
    mergeDelta(choice['message'] as JsonObject, objectOf(part['delta']));
  }
}

/** Text grows, tool calls grow by their index, anything else is taken as it comes. */
function mergeDelta(message: JsonObject, delta: JsonObject): void {
  for (const [key, value] of Object.entries(delta)) {
    if (key === 'tool_calls' && Array.isArray(value)) mergeToolCalls(message, value);
    else if (typeof value === 'string' && key !== 'role') message[key] = (textOf(message[key]) ?? '') + value;
    else if (value != null) message[key] = value;
  }
}

function mergeToolCalls(message: JsonObject, deltas: readonly unknown[]): void {
  const calls = (message['tool_calls'] ??= []) as JsonObject[];
  for (const item of deltas) {
    const { index, function: fn, ...rest } = objectOf(item);
    const call = (calls[placeOf(calls, index, rest['id'])] ??= {});
    Object.assign(call, told(rest));
    if (!isObject(fn)) continue;
    const known = objectOf(call['function']);
    const text = (textOf(known['arguments']) ?? '') + (textOf(fn['arguments']) ?? '');
    call['function'] = { ...known, ...told(fn), arguments: text };
  }
}

/** Where the index is missing, the id tells calls apart; without both, a delta belongs to the call before it. */
function placeOf(calls: readonly JsonObject[], index: unknown, id: unknown): number {
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= calls.length) return index;
  if (!id) return Math.max(0, calls.length - 1);
  const known = calls.findIndex((call) => call['id'] === id);
  return known === -1 ? calls.length : known;
}

/** Later deltas may repeat members without a value. */
function told(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ''));
}
