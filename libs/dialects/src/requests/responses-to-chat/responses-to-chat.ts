import type { ChatRequest, ChatTool } from '../../openai-chat/chat-request';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation, RequestTranslator } from '../../translation/request-translation';
import { optionalFlag, optionalNumber, optionalText, present } from '../from-messages/fields';
import { readInput } from '../from-responses/read-input';
import { checkRequest, nothingSaid, readEffort, readFormat } from '../from-responses/read-settings';
import { readTools, type InputTool, type ToolSettings } from '../from-responses/read-tools';
import { chatMessages, systemMessage } from './chat-messages';
import { chatChoice, chatFormat } from './chat-settings';
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
    ...toolFields(readTools(request, RESPONSES_TO_CHAT_RULES.content, translation)),
    [traits.tokenLimitField]: optionalNumber(request, 'max_output_tokens'),
    temperature: optionalNumber(request, 'temperature'),
    top_p: optionalNumber(request, 'top_p'),
    response_format: format && chatFormat(format),
    reasoning_effort: readEffort(request),
    user: optionalText(request, 'user'),
    ...(optionalFlag(request, 'stream') && streamFields(translation)),
  } satisfies Partial<ChatRequest>);
  return { body };
};

function readMessages(request: JsonObject, translation: RequestTranslation): ChatRequest['messages'] {
  const turns = readInput(request.input, RESPONSES_TO_CHAT_RULES.content, translation);
  const instructions = systemMessage(optionalText(request, 'instructions') ?? '');
  const messages = [...instructions, ...chatMessages(turns, translation)];
  if (messages.length === 0) throw nothingSaid();
  return messages;
}

function toolFields({ tools, choice, parallel }: ToolSettings): Partial<ChatRequest> {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(chatTool),
    tool_choice: chatChoice(choice),
    parallel_tool_calls: parallel,
  };
}

function chatTool({ name, description, parameters, strict }: InputTool): ChatTool {
  return { type: 'function', function: present({ name, description, parameters, strict }) };
}

function streamFields({ traits }: RequestTranslation): Partial<ChatRequest> {
  return { stream: true, ...(traits.takesStreamOptions && { stream_options: { include_usage: true } }) };
}
