import type { ReplyWriter } from '../translation/reply-codec.port';
import { writeChatReply } from './write-chat-reply';
import { ChatStreamWriter } from './chat-stream-writer';

/** Writes replies for clients of the chat completion API. */
export const chatReplyWriter: ReplyWriter = {
  write: writeChatReply,
  openStream: (context) => new ChatStreamWriter(context),
};
