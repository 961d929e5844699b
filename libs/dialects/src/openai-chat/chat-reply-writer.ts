import type { ReplyWriter } from '../reply/reply-codec.port';
import { ChatStreamWriter } from './chat-stream-writer';
import { writeChatReply } from './write-chat-reply';

/** Writes replies for clients of the chat completion API. */
export const chatReplyWriter: ReplyWriter = {
  write: writeChatReply,
  openStream: (context) => new ChatStreamWriter(context),
};
