import { isReasoningModel } from '../../openai-chat/openai-models';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation, RequestTranslator } from '../../translation/request-translation';
import { optionalFlag, optionalNumber, optionalObject, optionalText } from '../from-messages/fields';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';
import { inputItems } from './input-items';
import { textFormat } from './text-format';
import { responsesToolChoice, responsesTools } from './tools';

/** Fields of the same name and meaning in both dialects, which the upstream judges by itself. */
const SAME = [
  'temperature',
  'top_p',
  'user',
  'safety_identifier',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'moderation',
];

/**
 * OpenAI's chat completions for an upstream that speaks OpenAI's Responses.
 * Source: https://platform.openai.com/docs/api-reference/responses/create
 */
export const chatToResponses: RequestTranslator = (request, translation) => {
  translation.checkFields(CHAT_TO_RESPONSES_RULES.fields, request);
  const tools = responsesTools(request, translation);
  const effort = optionalText(request, 'reasoning_effort');
  const limit = optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens');
  const parallel = optionalFlag(request, 'parallel_tool_calls');
  const stream = optionalFlag(request, 'stream');
  const body: JsonObject = {
    model: translation.model,
    input: inputItems(request, translation),
    store: false,
    // Nothing is kept, so the proof of the reasoning has to travel; other models refuse to be asked for it.
    ...(isReasoningModel(translation.model) && { include: ['reasoning.encrypted_content'] }),
    ...(tools.length > 0 && { tools, ...toolChoice(request, translation) }),
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
    ...(limit !== undefined && { max_output_tokens: limit }),
    ...(effort !== undefined && { reasoning: { effort } }),
    ...textSettings(request, translation),
    ...sameFields(request),
    ...(stream !== undefined && { stream }),
  };
  if (tools.length === 0) dropToolChoice(request, translation);
  return { body };
};

function toolChoice(request: JsonObject, translation: RequestTranslation): JsonObject {
  const choice = responsesToolChoice(request, translation);
  return choice === undefined ? {} : { tool_choice: choice };
}

/** A choice without anything to choose from is refused by OpenAI. */
function dropToolChoice(request: JsonObject, translation: RequestTranslation): void {
  for (const name of ['tool_choice', 'function_call']) {
    if ((request[name] ?? undefined) !== undefined) translation.drop(name);
  }
}

function textSettings(request: JsonObject, translation: RequestTranslation): JsonObject {
  const given = optionalObject(request, 'response_format');
  const format = given && textFormat(given, translation);
  const verbosity = optionalText(request, 'verbosity');
  const text = { ...(format && { format }), ...(verbosity !== undefined && { verbosity }) };
  return Object.keys(text).length === 0 ? {} : { text };
}

function sameFields(request: JsonObject): JsonObject {
  return Object.fromEntries(
    SAME.flatMap((name) => ((request[name] ?? undefined) === undefined ? [] : [[name, request[name]]])),
  );
}
