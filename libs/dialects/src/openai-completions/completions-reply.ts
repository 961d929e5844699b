import { objectOf, textOf } from '../json/json-value';
import { chatError } from '../openai-chat/chat-reply';
import { chatUsage } from '../openai-chat/chat-usage';
import type { ReplySummary } from '../reply/reply-summary';

/** Summarises a completion that arrived as one JSON body. Usage and errors are those of a chat completion. */
export function summariseCompletionsReply(body: unknown): ReplySummary {
  const reply = objectOf(body);
  return {
    id: textOf(reply['id']) ?? '',
    usage: chatUsage(reply['usage']),
    error: chatError(reply),
    response: body ?? null,
  };
}
