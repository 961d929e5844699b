import { claudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesTool } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import {
  malformed,
  optionalFlag,
  optionalObject,
  optionalText,
  requiredObject,
  requiredText,
} from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { at, objectsOf } from './read-chat';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;

/**
 * The tools of the client, in either form.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the tool
 */
export function readTools(request: JsonObject, translation: RequestTranslation): MessagesTool[] {
  const tools = objectsOf(request['tools'], 'tools');
  if (tools.length === 0) {
    return objectsOf(request['functions'], 'functions').map(({ value, path }) =>
      functionTool(value, undefined, path, translation),
    );
  }
  return tools.flatMap(({ value, path }): MessagesTool[] => {
    const type = requiredText(value, 'type', path);
    const kind = type === 'function' || type === 'custom' ? type : 'other';
    if (!translation.checkContent(RULES, `tool: ${kind}`, type, path)) return [];
    const definition = requiredObject(value, 'function', path);
    const cacheControl = optionalObject(value, 'cache_control', path);
    return [functionTool(definition, cacheControl, at(path, 'function'), translation)];
  });
}

/** A tool of which only the name is known. */
export function toolNamed(name: string): MessagesTool {
  return { name, input_schema: inputSchema(undefined) };
}

function functionTool(
  definition: JsonObject,
  outerCacheControl: JsonObject | undefined,
  path: string,
  translation: RequestTranslation,
): MessagesTool {
  const description = optionalText(definition, 'description', path);
  const strict = optionalFlag(definition, 'strict', path);
  const cacheControl = outerCacheControl ?? optionalObject(definition, 'cache_control', path);
  const takesStrict = claudeModel(translation.model).structuredOutput;
  if (strict !== undefined && !takesStrict) translation.drop(at(path, 'strict'));
  const name = requiredText(definition, 'name', path);
  if (name === '') throw malformed(at(path, 'name'), 'a name');
  return {
    name,
    ...(description !== undefined && description !== '' && { description }),
    input_schema: inputSchema(optionalObject(definition, 'parameters', path)),
    ...(strict !== undefined && takesStrict && { strict }),
    ...(cacheControl !== undefined && { cache_control: cacheControl }),
  };
}

/** The schema as it is; Anthropic only insists that it says `object`. */
export function inputSchema(parameters: JsonObject | undefined): JsonObject {
  if (parameters === undefined) return { type: 'object', properties: {} };
  return (parameters['type'] ?? undefined) === undefined ? { ...parameters, type: 'object' } : parameters;
}
