import { readStreamError } from '../errors/read-upstream-error';
import { objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReplyError, ReplySummary } from '../reply/reply-summary';
import { chunkError } from './chat-stream-event';
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

/** The error that a body or a stream event carries; undefined when there is none. */
export function chatError(reply: JsonObject): ReplyError | undefined {
  const error = chunkError(reply);
  return error === undefined ? undefined : replyError(error);
}

/** @param error in any shape that a reply may carry one */
export function replyError(error: unknown): ReplyError {
  const { type, message } = readStreamError(error);
  return { type: type || 'error', message };
}
