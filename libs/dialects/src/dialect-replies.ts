import { summariseMessagesReply } from './anthropic-messages/messages-reply';
import { MessagesStreamObserver } from './anthropic-messages/messages-stream-observer';
import type { Dialect } from './dialect';
import { anthropicErrorBody, openAiErrorBody, responsesErrorFields } from './errors/error-bodies';
import type { SallyportError } from './errors/sallyport-error';
import { summariseChatReply } from './openai-chat/chat-reply';
import { ChatStreamObserver } from './openai-chat/chat-stream-observer';
import { summariseResponsesReply } from './openai-responses/responses-reply';
import { ResponsesStreamObserver } from './openai-responses/responses-stream-observer';
import type { ReplySummary } from './reply/reply-summary';
import type { StreamObserver } from './reply/stream-observer.port';
import { encodeSseEvent } from './sse/sse-decoder';

export function createStreamObserver(dialect: Dialect): StreamObserver {
  switch (dialect) {
    case 'openai-chat':
      return new ChatStreamObserver();
    case 'openai-responses':
      return new ResponsesStreamObserver();
    case 'anthropic-messages':
      return new MessagesStreamObserver();
  }
}

/** @param body the parsed reply; undefined when it was not JSON */
export function summariseReply(dialect: Dialect, body: unknown): ReplySummary {
  switch (dialect) {
    case 'openai-chat':
      return summariseChatReply(body);
    case 'openai-responses':
      return summariseResponsesReply(body);
    case 'anthropic-messages':
      return summariseMessagesReply(body);
  }
}

/**
 * The event that tells a client of a failure after its stream has begun. It takes the place of the terminal event:
 * a stream that broke off must not look complete.
 *
 * @param sequenceNumber that the event bears in a dialect that numbers its events, see {@link StreamObserver}
 */
export function streamErrorEvent(
  dialect: Dialect,
  error: SallyportError,
  requestId: string,
  sequenceNumber = 0,
): Uint8Array {
  switch (dialect) {
    case 'openai-chat':
      return encodeSseEvent(JSON.stringify(openAiErrorBody(error)));
    case 'openai-responses': {
      const fields = responsesErrorFields(openAiErrorBody(error));
      return encodeSseEvent(JSON.stringify({ type: 'error', sequence_number: sequenceNumber, ...fields }), 'error');
    }
    case 'anthropic-messages':
      return encodeSseEvent(JSON.stringify(anthropicErrorBody(error, requestId)), 'error');
  }
}
