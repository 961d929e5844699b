import type { ReplyReader } from '../translation/reply-codec.port';
import { readChatReply } from './read-chat-reply';
import { ChatStreamReader } from './chat-stream-reader';

/** Reads the replies of chat completion APIs, OpenAI's own and those that resemble it. */
export const chatReplyReader: ReplyReader = { read: readChatReply, openStream: () => new ChatStreamReader() };
