import { summariseMessagesReply } from '../anthropic-messages/messages-reply';
import { MessagesStreamObserver } from '../anthropic-messages/messages-stream-observer';
import type { Dialect } from '../dialect';
import { anthropicErrorBody, openAiErrorBody } from '../errors/error-bodies';
import type { SallyportError } from '../errors/sallyport-error';
import { summariseChatReply } from '../openai-chat/chat-reply';
import { ChatStreamObserver } from '../openai-chat/chat-stream-observer';
import { encodeSseEvent } from '../sse/sse-decoder';
import type { ReplySummary } from './reply-summary';
import type { StreamObserver } from './stream-observer.port';

export function createStreamObserver(dialect: Dialect): StreamObserver {
  return dialect === 'openai-chat' ? new ChatStreamObserver() : new MessagesStreamObserver();
}

/** @param body the parsed reply; undefined when it was not JSON */
export function summariseReply(dialect: Dialect, body: unknown): ReplySummary {
  return dialect === 'openai-chat' ? summariseChatReply(body) : summariseMessagesReply(body);
}

/**
 * The event that tells a client of a failure after its stream has begun. It takes the place of the terminal event:
 * a stream that broke off must not look complete.
 */
export function streamErrorEvent(dialect: Dialect, error: SallyportError, requestId: string): Uint8Array {
  return dialect === 'openai-chat'
    ? encodeSseEvent(JSON.stringify(openAiErrorBody(error)))
    : encodeSseEvent(JSON.stringify(anthropicErrorBody(error, requestId)), 'error');
}
