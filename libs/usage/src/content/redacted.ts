import { isObject, objectOf, type JsonObject } from '@sallyport/dialects';

/** What LiteLLM writes in the place of content, and what readers of its records look for. */
export const REDACTED = 'redacted-by-litellm';

/** Words with which replies of the three dialects end. */
const ENDINGS: ReadonlySet<unknown> = new Set(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);
const OBJECTS: ReadonlySet<unknown> = new Set(['chat.completion', 'text_completion']);
const STATUSES: ReadonlySet<unknown> = new Set(['completed', 'incomplete', 'failed', 'in_progress', 'cancelled']);
const COUNTER = /^[a-z][a-z0-9_]{0,63}(?<=tokens|details|requests|searches|cost|creation|tool_use|estimated)$/;
const COUNTER_DEPTH = 3;

/** LiteLLM's form: one message, whatever the input was. */
export function redactedMessages(messages: unknown): unknown {
  return messages == null ? null : [{ role: 'user', content: REDACTED }];
}

/**
 * A reply of which only the shape is left, in LiteLLM's forms: choices and output items keep their places, a text is
 * one word, any other object is `{text}`. It is made anew and not cut down, so that what is not known cannot stay.
 */
export function redactedResponse(response: unknown): unknown {
  if (response == null) return null;
  if (!isObject(response)) return REDACTED;
  const { choices, output } = response;
  const usage = isObject(response['usage']) ? { usage: countersOf(response['usage']) } : {};
  if (Array.isArray(choices)) {
    const object = OBJECTS.has(response['object']) ? { object: response['object'] } : {};
    return { ...object, choices: choices.map((choice) => redactedChoice(objectOf(choice))), ...usage };
  }
  if (Array.isArray(output)) {
    const status = STATUSES.has(response['status']) ? response['status'] : null;
    return { object: 'response', status, output: output.map(redactedItem), ...usage };
  }
  return { text: REDACTED };
}

/** The numbers of a usage object: upstreams put what they like between them. */
export function countersOf(usage: JsonObject, depth = 0): JsonObject {
  const counters: JsonObject = {};
  for (const [name, value] of Object.entries(usage)) {
    if (!COUNTER.test(name)) continue;
    if (typeof value === 'number' || typeof value === 'boolean') counters[name] = value;
    else if (isObject(value) && depth < COUNTER_DEPTH) counters[name] = countersOf(value, depth + 1);
  }
  return counters;
}

function redactedChoice(choice: JsonObject): JsonObject {
  const ending = {
    index: typeof choice['index'] === 'number' ? choice['index'] : 0,
    finish_reason: ENDINGS.has(choice['finish_reason']) ? choice['finish_reason'] : null,
  };
  if (!isObject(choice['message'])) return { ...ending, text: REDACTED };
  const { content, reasoning_content: reasoning, tool_calls: calls } = choice['message'];
  return {
    ...ending,
    message: {
      role: 'assistant',
      content: content == null ? null : REDACTED,
      ...(reasoning != null && { reasoning_content: REDACTED }),
      ...(Array.isArray(calls) && { tool_calls: calls.map(() => redactedCall()) }),
    },
  };
}

function redactedCall(): JsonObject {
  return { type: 'function', function: { name: REDACTED, arguments: REDACTED } };
}

function redactedItem(item: unknown): JsonObject {
  switch (objectOf(item)['type']) {
    case 'function_call':
      return { type: 'function_call', name: REDACTED, arguments: REDACTED };
    case 'reasoning':
      return { type: 'reasoning', summary: [{ type: 'summary_text', text: REDACTED }] };
    default:
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: REDACTED }] };
  }
}
