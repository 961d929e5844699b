import type { JsonObject } from '../../json/json-value';
import { malformed, optionalFlag, optionalNumber, optionalObject, optionalText } from '../fields';
import { readFormat } from '../from-chat/read-format';
import { readToolChoice } from '../from-chat/read-tool-choice';
import { readTools } from '../from-chat/read-tools';
import type { RequestTranslation, RequestTranslator } from '../request-translation';
import type { CacheableTool } from '../to-messages/tool-use';
import { writeMessages } from '../to-messages/write-messages';
import { toolSettings, type ToolSettings } from '../tool-settings';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { readConversation } from './conversation';

const { fields: FIELDS, content: RULES } = CHAT_TO_MESSAGES_RULES;

/** OpenAI's chat completions for an upstream that speaks Anthropic's Messages. */
export const chatToMessages: RequestTranslator = (request, translation) => {
  translation.checkFields(FIELDS, request);
  const settings = {
    maxTokens: optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens'),
    tools: readToolSettings(request, translation),
    thinking: {
      effort: optionalText(request, 'reasoning_effort'),
      effortField: 'reasoning_effort',
      thinking: optionalObject(request, 'thinking'),
    },
    format: readFormat(request, RULES, translation),
    temperature: optionalNumber(request, 'temperature'),
    topP: optionalNumber(request, 'top_p'),
    topK: optionalNumber(request, 'top_k'),
    stopSequences: stopSequences(request, translation),
    user: optionalText(request, 'user') ?? optionalText(request, 'safety_identifier'),
    cacheControl: optionalObject(request, 'cache_control'),
    stream: optionalFlag(request, 'stream'),
  };
  return writeMessages(readConversation(request, translation), settings, translation);
};

function readToolSettings(request: JsonObject, translation: RequestTranslation): ToolSettings<CacheableTool> {
  // Custom tools are refused, or left out.
  const tools = readTools(request, RULES, translation).filter((tool) => tool.kind === 'function');
  const choice = readToolChoice(request, RULES, translation);
  const settled =
    typeof choice === 'object' && 'tools' in choice
      ? { mode: choice.mode, allowed: new Set(choice.tools.map(({ name }) => name)) }
      : choice;
  return toolSettings(tools, settled, optionalFlag(request, 'parallel_tool_calls'), translation);
}

/** Anthropic refuses those of white space only. */
function stopSequences(request: JsonObject, translation: RequestTranslation): string[] {
  const stop = request['stop'] ?? [];
  const sequences: unknown[] = Array.isArray(stop) ? stop : [stop];
  return sequences.flatMap((sequence, index) => {
    const path = Array.isArray(stop) ? `stop.${index}` : 'stop';
    if (typeof sequence !== 'string') throw malformed(path, 'a string');
    if (sequence.trim() !== '') return [sequence];
    if (sequence !== '') translation.drop(path);
    return [];
  });
}
