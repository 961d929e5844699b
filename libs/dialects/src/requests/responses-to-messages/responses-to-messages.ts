import type { JsonObject } from '../../json/json-value';
import { optionalFlag, optionalNumber, optionalText } from '../fields';
import { readInput } from '../from-responses/read-input';
import { checkRequest, readEffort, readFormat, readSummary, readUser } from '../from-responses/read-settings';
import { readTools } from '../from-responses/read-tools';
import type { RequestTranslation, RequestTranslator } from '../request-translation';
import { textBlock } from '../to-messages/content-blocks';
import { writeMessages, type Conversation } from '../to-messages/write-messages';
import { messagesConversation } from './messages-conversation';
import { RESPONSES_TO_MESSAGES_RULES as RULES } from './responses-to-messages.rules';

/**
 * Turns a Responses request into a Messages request.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the field
 */
export const responsesToMessages: RequestTranslator = (request, translation) => {
  checkRequest(request, RULES, translation);
  const settings = {
    maxTokens: optionalNumber(request, 'max_output_tokens'),
    tools: readTools(request, RULES.content, translation),
    thinking: {
      effort: readEffort(request),
      effortField: 'reasoning.effort',
      summarised: readSummary(request) !== undefined,
    },
    format: readFormat(request, RULES, translation),
    temperature: optionalNumber(request, 'temperature'),
    topP: optionalNumber(request, 'top_p'),
    user: readUser(request),
    stream: optionalFlag(request, 'stream'),
  };
  return writeMessages(readConversation(request, translation), settings, translation);
};

function readConversation(request: JsonObject, translation: RequestTranslation): Conversation {
  const { system, turns } = messagesConversation(readInput(request.input, RULES.content, translation), translation);
  const instructions = textBlock(optionalText(request, 'instructions') ?? '');
  return { system: [...instructions, ...system], turns, field: 'input' };
}
