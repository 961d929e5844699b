import { isObject, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import {
  malformed,
  optionalFlag,
  optionalObject,
  optionalText,
  requiredObject,
  requiredText,
} from '../from-messages/fields';
import { at, objectsOf } from '../chat-to-messages/read-chat';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';

const { content: RULES } = CHAT_TO_RESPONSES_RULES;

/**
 * The tools of the client, in either form; what chat nests is flat here.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the tool
 */
export function responsesTools(request: JsonObject, translation: RequestTranslation): JsonObject[] {
  const tools = objectsOf(request['tools'], 'tools');
  if (tools.length === 0) {
    return objectsOf(request['functions'], 'functions').map(({ value, path }) => functionTool(value, path));
  }
  return tools.flatMap(({ value, path }) => {
    const type = requiredText(value, 'type', path);
    const kind = type === 'function' || type === 'custom' ? type : 'other';
    if (!translation.checkContent(RULES, `tool: ${kind}`, type, path)) return [];
    const definition = requiredObject(value, type, path);
    return [type === 'custom' ? customTool(definition, at(path, type)) : functionTool(definition, at(path, type))];
  });
}

/**
 * @returns undefined when the client left the choice to the model
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function responsesToolChoice(request: JsonObject, translation: RequestTranslation): unknown {
  const choice = request['tool_choice'] ?? undefined;
  if (choice === undefined) return legacyChoice(request);
  const path = 'tool_choice';
  const name = isObject(choice) ? requiredText(choice, 'type', path) : choice;
  const kinds = isObject(choice) ? ['function', 'custom', 'allowed_tools'] : ['auto', 'none', 'required'];
  const kind = kinds.find((known) => known === name);
  if (!translation.checkContent(RULES, `tool_choice: ${kind ?? 'other'}`, choice, path)) return undefined;
  if (!isObject(choice)) return choice;
  return kind === 'allowed_tools' ? allowedTools(choice) : flat(choice, path);
}

function functionTool(definition: JsonObject, path: string): JsonObject {
  const description = optionalText(definition, 'description', path);
  return {
    type: 'function',
    name: requiredText(definition, 'name', path),
    ...(description !== undefined && { description }),
    parameters: optionalObject(definition, 'parameters', path) ?? { type: 'object', properties: {} },
    // Responses takes an absent flag for true, chat takes it for false.
    strict: optionalFlag(definition, 'strict', path) ?? false,
  };
}

function customTool(definition: JsonObject, path: string): JsonObject {
  const description = optionalText(definition, 'description', path);
  const format = optionalObject(definition, 'format', path);
  return {
    type: 'custom',
    name: requiredText(definition, 'name', path),
    ...(description !== undefined && { description }),
    ...(format && { format: customFormat(format, at(path, 'format')) }),
  };
}

function customFormat(format: JsonObject, path: string): JsonObject {
  const grammar = optionalObject(format, 'grammar', path);
  const type = requiredText(format, 'type', path);
  return { type, ...grammar };
}

/** The deprecated `function_call`. */
function legacyChoice(request: JsonObject): unknown {
  const choice = request['function_call'];
  if (choice === 'auto' || choice === 'none') return choice;
  if (typeof choice === 'string') throw malformed('function_call', '"auto", "none" or an object with a name');
  const named = optionalObject(request, 'function_call');
  return named && { type: 'function', name: requiredText(named, 'name', 'function_call') };
}

function allowedTools(choice: JsonObject): JsonObject {
  const path = 'tool_choice.allowed_tools';
  const allowed = requiredObject(choice, 'allowed_tools', 'tool_choice');
  return {
    type: 'allowed_tools',
    mode: requiredText(allowed, 'mode', path),
    tools: objectsOf(allowed['tools'], at(path, 'tools')).map((tool) => flat(tool.value, tool.path)),
  };
}

/** `{type, function: {name}}` as `{type, name}`. */
function flat(named: JsonObject, path: string): JsonObject {
  const type = requiredText(named, 'type', path);
  return { type, name: requiredText(requiredObject(named, type, path), 'name', at(path, type)) };
}
