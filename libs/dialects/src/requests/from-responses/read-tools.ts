import { isObject, objectOf, type JsonObject } from '../../json/json-value';
import {
  malformed,
  objectsOf,
  optionalFlag,
  optionalObject,
  optionalText,
  requiredName,
  requiredText,
  type PlacedObject,
} from '../fields';
import type { RequestTranslation } from '../request-translation';
import { toolSettings, type AllowedTools, type ClientTool, type ToolChoice, type ToolSettings } from '../tool-settings';
import type { RuleTable } from '../translation-rules';

const WORDS = ['auto', 'none', 'required'] as const;
const CALLABLE = ['function', 'custom'];
const TOOL_MEMBERS = ['type', 'name', 'description', 'parameters', 'strict', 'format'];

/**
 * Reads `tools`, `tool_choice` and `parallel_tool_calls`.
 *
 * @param rules of the pair, for each kind of tool and choice
 * @throws SallyportError `invalid_request` for what is malformed, `dialect_unsupported` for what is refused
 */
export function readTools(request: JsonObject, rules: RuleTable, translation: RequestTranslation): ToolSettings {
  const tools = objectsOf(request.tools, 'tools').flatMap((tool) => readTool(tool, rules, translation));
  const choice = readChoice(request.tool_choice ?? undefined, rules, translation);
  return toolSettings(tools, choice, optionalFlag(request, 'parallel_tool_calls'), translation);
}

function readTool({ value, path }: PlacedObject, rules: RuleTable, translation: RequestTranslation): ClientTool[] {
  const kind = `tool: ${requiredText(value, 'type', path)}`;
  const listed = Object.hasOwn(rules, kind) ? kind : 'tool: other';
  if (!translation.checkContent(rules, listed, value, path)) return [];
  translation.dropOthers(value, TOOL_MEMBERS, path);
  const parameters =
    value.type === 'custom' ? freeformSchema(objectOf(value.format)) : optionalObject(value, 'parameters', path);
  return [
    {
      name: requiredName(value, path),
      description: optionalText(value, 'description', path) || undefined,
      parameters,
      strict: value.type === 'custom' ? undefined : optionalFlag(value, 'strict', path),
      path,
    },
  ];
}

/** Free text as the one argument of a function: neither other API has tools without a schema. */
function freeformSchema({ syntax, definition }: JsonObject): JsonObject {
  const grammar = typeof syntax === 'string' ? `${syntax} grammar` : 'grammar';
  const told = typeof definition === 'string' && { description: `Text that follows this ${grammar}:\n${definition}` };
  const input = { type: 'string', ...told };
  return { type: 'object', properties: { input }, required: ['input'], additionalProperties: false };
}

function readChoice(
  choice: unknown,
  rules: RuleTable,
  translation: RequestTranslation,
): ToolChoice | AllowedTools | undefined {
  if (choice === undefined) return undefined;
  const word = WORDS.find((known) => known === choice);
  if (word !== undefined) return word;
  const kind = isObject(choice) ? `tool_choice: ${requiredText(choice, 'type', 'tool_choice')}` : '';
  const listed = Object.hasOwn(rules, kind) ? kind : 'tool_choice: other';
  if (!translation.checkContent(rules, listed, choice, 'tool_choice') || !isObject(choice)) return undefined;
  return choice.type === 'allowed_tools' ? allowedTools(choice) : { name: requiredText(choice, 'name', 'tool_choice') };
}

function allowedTools(choice: JsonObject): AllowedTools {
  const mode = choice.mode ?? 'auto';
  if (mode !== 'auto' && mode !== 'required') throw malformed('tool_choice.mode', 'auto or required');
  if (!Array.isArray(choice.tools)) throw malformed('tool_choice.tools', 'a list');
  const callable = choice.tools.filter((tool) => isObject(tool) && CALLABLE.includes(String(tool.type)));
  return {
    mode,
    allowed: new Set(callable.map((tool) => objectOf(tool).name).filter((name) => typeof name === 'string')),
  };
}
