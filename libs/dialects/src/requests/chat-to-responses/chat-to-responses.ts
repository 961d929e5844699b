import type { JsonObject } from '../../json/json-value';
import { isReasoningModel } from '../../openai-chat/openai-models';
import { endUser, LONGEST_OPENAI_USER } from '../end-user';
import { optionalFlag, optionalNumber, optionalText, present } from '../fields';
import { readFormat } from '../from-chat/read-format';
import type { RequestTranslation, RequestTranslator } from '../request-translation';
import { responsesFormat } from '../to-responses/responses-settings';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';
import { inputItems } from './input-items';
import { toolFields } from './tools';

/** Fields of the same name and meaning in both dialects, which the upstream judges by itself. */
const SAME = [
  'temperature',
  'top_p',
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
  const effort = optionalText(request, 'reasoning_effort');
  const body = present({
    model: translation.model,
    input: inputItems(request, translation),
    store: false,
    // Nothing is kept, so the proof of the reasoning has to travel; other models refuse to be asked for it.
    include: isReasoningModel(translation.model) ? ['reasoning.encrypted_content'] : undefined,
    ...toolFields(request, translation),
    max_output_tokens: optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens'),
    reasoning: effort === undefined ? undefined : { effort },
    text: textSettings(request, translation),
    user: endUser(optionalText(request, 'user'), LONGEST_OPENAI_USER),
    ...sameFields(request),
    stream: optionalFlag(request, 'stream'),
  });
  return { body };
};

function textSettings(request: JsonObject, translation: RequestTranslation): JsonObject | undefined {
  const format = readFormat(request, CHAT_TO_RESPONSES_RULES.content, translation);
  const text = present({
    format: format && responsesFormat(format),
    verbosity: optionalText(request, 'verbosity'),
  });
  return Object.keys(text).length === 0 ? undefined : text;
}

function sameFields(request: JsonObject): JsonObject {
  const given = SAME.filter((name) => (request[name] ?? undefined) !== undefined);
  return Object.fromEntries(given.map((name) => [name, request[name]]));
}
