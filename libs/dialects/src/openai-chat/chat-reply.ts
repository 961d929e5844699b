import { isObject, objectOf, textOf } from '../reply/json-value';
import type { ReplyError, ReplySummary } from '../reply/reply-summary';
import { chatUsage } from './chat-usage';

/** Summarises a chat completion that arrived as one JSON body. */
export function summariseChatReply(body: unknown): ReplySummary {
  const reply = objectOf(body);
  return {
    id: textOf(reply['id']) ?? '',
    usage: chatUsage(reply['usage']),
    error: chatError(reply),
    response: body ?? null,
  };
}

/** The `error` object of a body or a stream event; undefined when it carries none. */
export function chatError(reply: Readonly<Record<string, unknown>>): ReplyError | undefined {
  const { error } = reply;
  if (typeof error === 'string') return { type: 'error', message: error };
  if (!isObject(error)) return undefined;
  return { type: textOf(error['type']) ?? 'error', message: textOf(error['message']) ?? '' };
}
