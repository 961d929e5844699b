import type { JsonObject } from '../../json/json-value';
import type { ChatMessage, ChatRequest } from '../../openai-chat/chat-request';
import { optionalNumber, present } from '../fields';
import { MessagesReading } from '../from-messages/messages-reading';
import { effortOf, formatOf, samplingOf, stopSequencesOf, userOf } from '../from-messages/settings';
import { toolUseOf } from '../from-messages/tools';
import { systemText, turnsOf } from '../from-messages/turns';
import type { RequestTranslation, RequestTranslator } from '../request-translation';
import { chatFormat, chatStream, chatTools } from '../to-chat/chat-settings';
import { ChatConversation } from './chat-conversation';
import { MESSAGES_TO_CHAT_RULES } from './messages-to-chat.rules';

/** Most stop sequences that OpenAI's chat API accepts. */
const MAX_STOPS = 4;

/** An Anthropic Messages request for an upstream that speaks OpenAI's chat completions. */
export const messagesToChat: RequestTranslator = (request, translation) => {
  translation.checkFields(MESSAGES_TO_CHAT_RULES.fields, request);
  const reading = new MessagesReading(MESSAGES_TO_CHAT_RULES, translation);
  const output = reading.membersOf(request, 'output_config');
  const format = formatOf(request, output, reading);
  const body = {
    model: translation.model,
    messages: chatMessages(request, reading),
    [translation.traits.tokenLimitField]: optionalNumber(request, 'max_tokens'),
    ...samplingOf(request, reading),
    top_k: topK(request, translation),
    stop: stops(request, translation),
    ...chatTools(toolUseOf(request, reading)),
    reasoning_effort: effortOf(request, output, reading),
    response_format: format && chatFormat(format),
    user: userOf(request, reading),
    ...(request.stream === true && chatStream(translation)),
  } satisfies ChatRequest;
  return { body: present(body) };
};

function chatMessages(request: JsonObject, reading: MessagesReading): ChatMessage[] {
  const conversation = new ChatConversation(reading.translation);
  conversation.addSystem(systemText(request.system ?? [], 'system', reading));
  for (const turn of turnsOf(request, reading)) conversation.add(turn);
  return conversation.finish();
}

function topK(request: JsonObject, translation: RequestTranslation): number | undefined {
  const value = optionalNumber(request, 'top_k');
  if (value === undefined || translation.traits.takesTopK) return value;
  translation.drop('top_k');
  return undefined;
}

function stops(request: JsonObject, translation: RequestTranslation): string[] | undefined {
  const sequences = stopSequencesOf(request);
  if (sequences.length > MAX_STOPS) translation.refuse('stop_sequences', `it takes ${MAX_STOPS} of them at most`);
  return sequences.length === 0 ? undefined : sequences.slice(0, MAX_STOPS);
}
