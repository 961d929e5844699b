import { isObject, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary } from '../reply/reply-summary';
import { responsesUsage } from './responses-usage';

/** Summarises a response that arrived as one JSON body. */
export function summariseResponsesReply(body: unknown): ReplySummary {
  const reply = objectOf(body);
  return {
    id: textOf(reply['id']) ?? '',
    usage: responsesUsage(reply['usage']),
    error: responsesError(reply),
    response: body ?? null,
  };
}

/**
 * The failure that a response or an error body tells of; undefined when it tells of none. A response has an `error`
 * object with a code and no type, the body of a refusal one with a type.
 */
export function responsesError(reply: JsonObject): ReplyError | undefined {
  const { error } = reply;
  if (typeof error === 'string') return { type: 'error', message: error };
  if (isObject(error)) {
    const type = textOf(error['type']) ?? textOf(error['code']) ?? 'error';
    return { type, message: textOf(error['message']) ?? '' };
  }
  return reply['status'] === 'failed' ? { type: 'error', message: '' } : undefined;
}
