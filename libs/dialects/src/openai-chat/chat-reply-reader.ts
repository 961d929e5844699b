import type { ReplyReader } from '../reply/reply-codec.port';
import { ChatStreamReader } from './chat-stream-reader';
import { readChatReply } from './read-chat-reply';

/** Reads the replies of chat completion APIs, OpenAI's own and those that resemble it. */
export const chatReplyReader: ReplyReader = { read: readChatReply, openStream: () => new ChatStreamReader() };
