import type { JsonObject } from '../../json/json-value';
import { at, optionalFlag, optionalObject, optionalText, requiredText } from '../fields';
import { readToolChoice, type ChatChoice } from '../from-chat/read-tool-choice';
import { readTools, type ChatClientTool } from '../from-chat/read-tools';
import type { RequestTranslation } from '../request-translation';
import { responsesTool } from '../to-responses/responses-settings';
import { isOneOf } from '../tool-settings';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';

const { content: RULES } = CHAT_TO_RESPONSES_RULES;

/**
 * Tools and their choice; what chat nests is flat here. Nothing of it when there are no tools.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the tool or the choice
 */
export function toolFields(request: JsonObject, translation: RequestTranslation): JsonObject {
  const tools = readTools(request, RULES, translation);
  const choice = readToolChoice(request, RULES, translation);
  const parallel = optionalFlag(request, 'parallel_tool_calls');
  if (tools.length === 0) return {};
  const chosen = choice !== undefined && isThere(choice, tools, translation);
  return {
    tools: tools.map((tool) => (tool.kind === 'custom' ? customTool(tool) : responsesTool(tool))),
    ...(chosen && { tool_choice: choice }),
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
  };
}

function isThere(choice: ChatChoice, tools: readonly ChatClientTool[], translation: RequestTranslation): boolean {
  return typeof choice === 'object' && 'name' in choice ? isOneOf(tools, choice, translation) : true;
}

function customTool({ name, definition, path }: Extract<ChatClientTool, { kind: 'custom' }>): JsonObject {
  const description = optionalText(definition, 'description', path) || undefined;
  const format = optionalObject(definition, 'format', path);
  return {
    type: 'custom',
    name,
    ...(description !== undefined && { description }),
    ...(format && { format: customFormat(format, at(path, 'format')) }),
  };
}

function customFormat(format: JsonObject, path: string): JsonObject {
  return { type: requiredText(format, 'type', path), ...optionalObject(format, 'grammar', path) };
}
