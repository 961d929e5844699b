import type { MessagesBlock, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import { isObject, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { malformed, requiredText } from '../from-messages/fields';
import { safeToolCallId } from '../tool-call-id';
import { assistantBlocks } from './assistant-blocks';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { contentBlocks, textBlocks, withCacheControl } from './content-blocks';
import { at, legacyCallId, objectsOf, partsOf } from './read-chat';
import { plainText, TurnList } from './turn-list';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;
const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

export interface Conversation {
  readonly system: MessagesTextBlock[];
  readonly turns: TurnList;
}

/**
 * Splits the messages into instructions and turns.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the message
 */
export function readConversation(request: JsonObject, translation: RequestTranslation): Conversation {
  const system: MessagesTextBlock[] = [];
  const turns = new TurnList();
  let lastFunctionCall: string | undefined;
  let leading = true;
  for (const { value: message, path } of objectsOf(request['messages'], 'messages')) {
    const role = checkMessage(message, path, translation);
    const isSystem = role === 'system' || role === 'developer';
    leading &&= isSystem;
    if (isSystem) {
      const blocks = withCacheControl(textBlocks(partsOf(message, path), translation), message, path);
      if (leading) system.push(...blocks);
      else turns.add('user', blocks);
    } else if (role === 'assistant') {
      turns.add('assistant', assistantBlocks(message, path, translation));
      if (isObject(message['function_call'])) lastFunctionCall = legacyCallId(path);
    } else if (role === 'user') {
      turns.add('user', withCacheControl(contentBlocks(partsOf(message, path), translation), message, path));
    } else {
      const id = role === 'tool' ? requiredText(message, 'tool_call_id', path) : lastFunctionCall;
      if (id === undefined) throw malformed(path, 'preceded by the function call that it answers');
      turns.add('user', toolResult(id, message, path, translation));
    }
  }
  if (turns.turns.length === 0) speakFirst(system, turns);
  return { system, turns };
}

/** @returns the role */
function checkMessage(message: JsonObject, path: string, translation: RequestTranslation): string {
  const role = requiredText(message, 'role', path);
  const kind = ROLES.has(role) ? role : 'other';
  translation.checkContent(RULES, `message: ${kind}`, role, at(path, 'role'));
  for (const [name, value] of Object.entries(message)) {
    if (value === null || value === undefined) continue;
    translation.checkContent(RULES, `message.${name}`, value, at(path, name));
  }
  return role;
}

function toolResult(id: string, message: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  const content = plainText(contentBlocks(partsOf(message, path), translation));
  const result: MessagesBlock = {
    type: 'tool_result',
    tool_use_id: safeToolCallId(id),
    ...(content.length > 0 && { content }),
  };
  return withCacheControl([result], message, path);
}

/** There has to be a turn: when all a client gave are instructions, the last of them is what the user says. */
function speakFirst(system: MessagesTextBlock[], turns: TurnList): void {
  const last = system.pop();
  if (last === undefined) throw malformed('messages', 'a conversation with at least one text that is not empty');
  turns.add('user', [last]);
}
