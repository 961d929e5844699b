import type { JsonObject } from '../../json/json-value';
import type { ChatRequest } from '../../openai-chat/chat-request';
import { endUser, LONGEST_OPENAI_USER } from '../end-user';
import { malformed, optionalFlag, optionalNumber, optionalText, present } from '../fields';
import { readInput } from '../from-responses/read-input';
import { checkRequest, readEffort, readFormat, readUser } from '../from-responses/read-settings';
import { readTools } from '../from-responses/read-tools';
import type { RequestTranslation, RequestTranslator } from '../request-translation';
import { chatFormat, chatStream, chatTools } from '../to-chat/chat-settings';
import { chatMessages, systemMessage } from './chat-messages';
import { RESPONSES_TO_CHAT_RULES } from './responses-to-chat.rules';

/**
 * Turns a Responses request into a chat completion request.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the field
 */
export const responsesToChat: RequestTranslator = (request, translation) => {
  const { model, traits } = translation;
  checkRequest(request, RESPONSES_TO_CHAT_RULES, translation);
  const format = readFormat(request, RESPONSES_TO_CHAT_RULES, translation);
  const body = present({
    model,
    messages: readMessages(request, translation),
    ...chatTools(readTools(request, RESPONSES_TO_CHAT_RULES.content, translation)),
    [traits.tokenLimitField]: optionalNumber(request, 'max_output_tokens'),
    temperature: optionalNumber(request, 'temperature'),
    top_p: optionalNumber(request, 'top_p'),
    response_format: format && chatFormat(format),
    reasoning_effort: readEffort(request),
    user: endUser(readUser(request), LONGEST_OPENAI_USER),
    ...(optionalFlag(request, 'stream') && chatStream(translation)),
  } satisfies Partial<ChatRequest>);
  return { body };
};

function readMessages(request: JsonObject, translation: RequestTranslation): ChatRequest['messages'] {
  const turns = readInput(request.input, RESPONSES_TO_CHAT_RULES.content, translation);
  const instructions = systemMessage(optionalText(request, 'instructions') ?? '');
  const messages = [...instructions, ...chatMessages(turns, translation)];
  if (messages.length === 0) {
    throw malformed('input', 'a conversation with at least one text that is not empty');
  }
  return messages;
}
