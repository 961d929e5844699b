import { isObject, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import { maskKeys } from './mask-keys';
import type { UpstreamError } from './upstream-error';
import { errorObject, statusInBody } from './upstream-error-status';

/** Longest message that is handed on, in characters: some upstreams repeat the request in it. */
const MAX_MESSAGE = 4000;
/** Status of a failure that comes without one. */
const UNNAMED_STATUS = 500;

/**
 * Reads what an upstream said when it refused or failed: OpenAI's and Anthropic's envelopes, `{error: "text"}`,
 * `{detail: …}`, flat objects, lists, plain text, and what OpenRouter repeats of the provider behind it. What looks
 * like a key is taken out of the message.
 *
 * @param status of the HTTP reply; one below 400 gives way to the status that the error itself names
 * @param body parsed JSON, or text; undefined when there was none
 */
export function readUpstreamError(status: number, body: unknown): UpstreamError {
  const outer = errorObject(body);
  const inner = providerError(outer);
  const named = status >= 400 ? status : (statusInBody(outer) ?? statusInBody(inner) ?? UNNAMED_STATUS);
  const message = messageOf(inner) ?? messageOf(outer) ?? messageOf(body) ?? `The upstream failed with status ${named}`;
  return {
    status: named,
    message: maskKeys(message.slice(0, MAX_MESSAGE), named === 401 || named === 403),
    type: textOf(outer['type']) ?? '',
    param: textOf(inner['param']) ?? textOf(outer['param']) ?? null,
    code: textOf(inner['code']) ?? textOf(outer['code']) ?? null,
  };
}

/**
 * Reads an error that arrived inside a stream, or in a body that came with a good status.
 *
 * @param data the event's data, parsed when it is JSON
 */
export function readStreamError(data: unknown): UpstreamError {
  return readUpstreamError(0, data);
}

/** What OpenRouter repeats of the provider that failed behind it: an object, the text of one, or plain text. */
function providerError(error: JsonObject): JsonObject {
  const { raw } = objectOf(error['metadata']);
  const parsed = typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw;
  if (isObject(parsed) || Array.isArray(parsed)) return errorObject(parsed);
  return typeof parsed === 'string' ? { message: parsed } : {};
}

/** The words for people in an error, wherever they are kept; undefined when there are none. */
function messageOf(error: unknown, levels = 4): string | undefined {
  if (typeof error === 'string') return readable(error);
  if (levels === 0) return undefined;
  if (Array.isArray(error)) return messageOf(error[0], levels - 1);
  if (!isObject(error)) return undefined;
  for (const key of ['message', 'error', 'detail', 'msg', 'error_description', 'errors', 'title']) {
    const message = messageOf(error[key], levels - 1);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** A page for people is no message: what a proxy in between says of itself helps nobody. */
function readable(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || /^<(?:!doctype|html|\?xml|head|body)/i.test(trimmed) ? undefined : trimmed;
}
