import type { JsonObject } from '../../json/json-value';
import {
  at,
  objectsOf,
  optionalFlag,
  optionalObject,
  optionalText,
  requiredName,
  requiredObject,
  requiredText,
} from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { ClientTool } from '../tool-settings';
import type { RuleTable } from '../translation-rules';

/** A tool of a chat request: a function, or a custom tool as it stands. */
export type ChatClientTool =
  | (ClientTool & { readonly kind: 'function'; readonly cacheControl: JsonObject | undefined })
  | { readonly kind: 'custom'; readonly name: string; readonly definition: JsonObject; readonly path: string };

const TOOL_MEMBERS = ['type', 'function', 'custom', 'cache_control'];
const FUNCTION_MEMBERS = ['name', 'description', 'parameters', 'strict', 'cache_control'];

/**
 * Reads `tools`, or the deprecated `functions` when there are none.
 *
 * @param rules of the pair, for each kind of tool
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the tool
 */
export function readTools(request: JsonObject, rules: RuleTable, translation: RequestTranslation): ChatClientTool[] {
  const tools = objectsOf(request['tools'], 'tools');
  if (tools.length === 0) {
    const functions = objectsOf(request['functions'], 'functions');
    return functions.map(({ value, path }) => functionTool(value, undefined, path, translation));
  }
  return tools.flatMap(({ value, path }): ChatClientTool[] => {
    const type = requiredText(value, 'type', path);
    const kind = type === 'function' || type === 'custom' ? type : 'other';
    if (!translation.checkContent(rules, `tool: ${kind}`, value, path)) return [];
    translation.dropOthers(value, TOOL_MEMBERS, path);
    const definition = requiredObject(value, type, path);
    const inner = at(path, type);
    if (kind === 'custom') return [{ kind, name: requiredName(definition, inner), definition, path: inner }];
    return [functionTool(definition, optionalObject(value, 'cache_control', path), inner, translation)];
  });
}

function functionTool(
  definition: JsonObject,
  cacheControl: JsonObject | undefined,
  path: string,
  translation: RequestTranslation,
): ChatClientTool {
  translation.dropOthers(definition, FUNCTION_MEMBERS, path);
  return {
    kind: 'function',
    name: requiredName(definition, path),
    description: optionalText(definition, 'description', path) || undefined,
    parameters: optionalObject(definition, 'parameters', path),
    strict: optionalFlag(definition, 'strict', path),
    cacheControl: cacheControl ?? optionalObject(definition, 'cache_control', path),
    path,
  };
}
