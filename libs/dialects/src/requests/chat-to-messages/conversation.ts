import type { MessagesBlock, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import { safeToolCallId } from '../../reply/tool-call-id';
import { messagesOf } from '../from-chat/read-messages';
import { partsOf } from '../from-chat/read-parts';
import type { RequestTranslation } from '../request-translation';
import { plainText, TurnList } from '../to-messages/turn-list';
import type { Conversation } from '../to-messages/write-messages';
import { assistantBlocks } from './assistant-blocks';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { contentBlocks, textBlocks, withCacheControl } from './content-blocks';

/**
 * Splits the messages into instructions, wherever they stand, and turns.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the message
 */
export function readConversation(request: JsonObject, translation: RequestTranslation): Conversation {
  const system: MessagesTextBlock[] = [];
  const turns = new TurnList();
  for (const message of messagesOf(request, CHAT_TO_MESSAGES_RULES.content, translation)) {
    const { value, path } = message;
    if (message.role === 'system' || message.role === 'developer') {
      system.push(...withCacheControl(textBlocks(partsOf(value, path), translation), value, path));
    } else if (message.role === 'assistant') {
      turns.add('assistant', assistantBlocks(value, path, translation));
    } else {
      const content = contentBlocks(partsOf(value, path), translation);
      const blocks = 'callId' in message ? [toolResult(message.callId, content)] : content;
      turns.add('user', withCacheControl(blocks, value, path));
    }
  }
  return { system, turns, field: 'messages' };
}

function toolResult(callId: string, blocks: MessagesBlock[]): MessagesBlock {
  const content = plainText(blocks);
  return { type: 'tool_result', tool_use_id: safeToolCallId(callId), ...(content.length > 0 && { content }) };
}
