import { objectOf, parseJson, type JsonObject } from '../json/json-value';
import type { AssistantReply, ReplyContent } from '../reply/assistant-reply';
import type { ReplyContext, ReplyWriter } from '../reply/reply-codec.port';
import { safeToolCallId } from '../reply/tool-call-id';
import { messageId } from './message-id';
import { writeStop } from './messages-stop-reason';
import { MessagesStreamWriter } from './messages-stream-writer';
import { estimatedMessagesUsage, writeMessagesUsage } from './messages-usage';

/** Writes replies for clients of the Messages API: https://docs.anthropic.com/en/api/messages */
export const messagesReplyWriter: ReplyWriter = {
  write(reply: AssistantReply, context: ReplyContext): JsonObject {
    const refusal = reply.content.map((piece) => (piece.type === 'refusal' ? piece.text : '')).join('');
    return {
      id: messageId(reply.id, context),
      type: 'message',
      role: 'assistant',
      model: context.model,
      content: reply.content.flatMap((piece) => writeBlock(piece, context)),
      ...writeStop(reply.stop, reply.stopSequence, refusal, context.filteredStopReason),
      usage: reply.usage === undefined ? estimatedMessagesUsage(0) : writeMessagesUsage(reply.usage),
    };
  },

  openStream: (context) => new MessagesStreamWriter(context),
};

/** Empty text makes no block: the API refuses one when the client sends the reply back. */
function writeBlock(piece: ReplyContent, context: ReplyContext): JsonObject[] {
  switch (piece.type) {
    case 'text':
    case 'refusal':
      return piece.text === '' ? [] : [{ type: 'text', text: piece.text }];
    case 'reasoning':
      if (piece.redacted !== undefined) return [{ type: 'redacted_thinking', data: piece.redacted }];
      return [{ type: 'thinking', thinking: piece.text, signature: piece.signature ?? '' }];
    case 'tool-call': {
      const id = piece.id === '' ? `toolu_${context.newId()}` : safeToolCallId(piece.id);
      // Arguments that were cut off are no JSON, and clients know objects only.
      return [{ type: 'tool_use', id, name: piece.name, input: objectOf(parseJson(piece.arguments)) }];
    }
  }
}
