import { isObject, objectOf, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import type { RuleTable } from '../../translation/translation-rules';
import { malformed, optionalFlag, requiredText } from '../from-messages/fields';

/** What the model may call and how, in no API's words. Without tools there is no choice either. */
export interface ToolSettings {
  readonly tools: readonly InputTool[];
  readonly choice: 'auto' | 'none' | 'required' | { readonly name: string } | undefined;
  readonly parallel: boolean | undefined;
}

export interface InputTool {
  readonly name: string;
  readonly description: string | undefined;
  /** JSON schema of the arguments; undefined when the client gave none. */
  readonly parameters: JsonObject | undefined;
  readonly strict: boolean | undefined;
  /** Where it stands in the request. */
  readonly path: string;
}

const NO_TOOLS: ToolSettings = { tools: [], choice: undefined, parallel: undefined };
const CALLABLE = ['function', 'custom'];
const TOOL_FIELDS = ['type', 'name', 'description', 'parameters', 'strict', 'format'];

/**
 * Reads `tools`, `tool_choice` and `parallel_tool_calls`.
 *
 * @param rules of the pair, for each kind of tool and choice
 * @throws SallyportError `invalid_request` for what is malformed, `dialect_unsupported` for what is refused
 */
export function readTools(request: JsonObject, rules: RuleTable, translation: RequestTranslation): ToolSettings {
  const listed = request.tools ?? [];
  if (!Array.isArray(listed)) throw malformed('tools', 'a list');
  const tools = listed.flatMap((tool: unknown, index) => readTool(tool, `tools.${index}`, rules, translation) ?? []);
  const choice = readChoice(request.tool_choice ?? undefined, rules, translation);
  const parallel = optionalFlag(request, 'parallel_tool_calls');
  if (typeof choice !== 'object' || !('allowed' in choice)) {
    return tools.length === 0 ? NO_TOOLS : { tools, choice, parallel };
  }
  const allowed = tools.filter(({ name }) => choice.allowed.has(name));
  if (allowed.length > 0) return { tools: allowed, choice: choice.mode, parallel };
  translation.refuse('tool_choice', 'none of the allowed tools is one that it could call');
  return NO_TOOLS;
}

function readTool(
  tool: unknown,
  path: string,
  rules: RuleTable,
  translation: RequestTranslation,
): InputTool | undefined {
  if (!isObject(tool)) throw malformed(path, 'an object');
  const kind = `tool: ${requiredText(tool, 'type', path)}`;
  const listed = Object.hasOwn(rules, kind) ? kind : 'tool: other';
  if (!translation.checkContent(rules, listed, tool, path)) return undefined;
  for (const [name, value] of Object.entries(tool)) {
    if (!TOOL_FIELDS.includes(name) && value !== null) translation.drop(`${path}.${name}`);
  }
  const name = requiredText(tool, 'name', path);
  const description = typeof tool.description === 'string' && tool.description !== '' ? tool.description : undefined;
  if (tool.type === 'custom')
    return { name, description, parameters: freeformSchema(objectOf(tool.format)), strict: undefined, path };
  const parameters = tool.parameters ?? undefined;
  if (parameters !== undefined && !isObject(parameters)) throw malformed(`${path}.parameters`, 'an object');
  return { name, description, parameters, strict: optionalFlag(tool, 'strict', path), path };
}

/** Free text as the one argument of a function: neither other API has tools without a schema. */
function freeformSchema({ syntax, definition }: JsonObject): JsonObject {
  const grammar = typeof syntax === 'string' ? `${syntax} grammar` : 'grammar';
  const told = typeof definition === 'string' && { description: `Text that follows this ${grammar}:\n${definition}` };
  const input = { type: 'string', ...told };
  return { type: 'object', properties: { input }, required: ['input'], additionalProperties: false };
}

type Choice = ToolSettings['choice'] | { readonly allowed: ReadonlySet<string>; readonly mode: 'auto' | 'required' };

function readChoice(choice: unknown, rules: RuleTable, translation: RequestTranslation): Choice {
  if (choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice;
  if (!isObject(choice)) throw malformed('tool_choice', 'auto, none, required or an object');
  const kind = `tool_choice: ${requiredText(choice, 'type', 'tool_choice')}`;
  const listed = Object.hasOwn(rules, kind) ? kind : 'tool_choice: other';
  if (!translation.checkContent(rules, listed, choice, 'tool_choice')) return undefined;
  return choice.type === 'allowed_tools' ? allowedTools(choice) : { name: requiredText(choice, 'name', 'tool_choice') };
}

function allowedTools(choice: JsonObject): Choice {
  const mode = choice.mode ?? 'auto';
  if (mode !== 'auto' && mode !== 'required') throw malformed('tool_choice.mode', 'auto or required');
  if (!Array.isArray(choice.tools)) throw malformed('tool_choice.tools', 'a list');
  const callable = choice.tools.filter((tool) => isObject(tool) && CALLABLE.includes(String(tool.type)));
  return {
    mode,
    allowed: new Set(callable.map((tool) => objectOf(tool).name).filter((name) => typeof name === 'string')),
  };
}
