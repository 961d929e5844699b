import type { JsonObject } from '../../json/json-value';
import { objectsOf, optionalFlag, optionalObject, optionalText, requiredName, requiredText } from '../fields';
import { toolSettings, type ClientTool, type ToolChoice, type ToolSettings } from '../tool-settings';
import type { MessagesReading } from './messages-reading';

const TOOL_MEMBERS = ['type', 'name', 'description', 'input_schema', 'strict', 'cache_control'];
const CHOICES = new Map<string, ToolChoice>([
  ['auto', 'auto'],
  ['any', 'required'],
  ['none', 'none'],
]);

/**
 * Reads the tools and how they are to be used.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function toolUseOf(request: JsonObject, reading: MessagesReading): ToolSettings {
  const tools = objectsOf(request.tools, 'tools').flatMap(({ value, path }) => clientTools(value, path, reading));
  const wanted = optionalObject(request, 'tool_choice');
  if (wanted === undefined) return toolSettings(tools, undefined, undefined, reading.translation);
  const single = optionalFlag(wanted, 'disable_parallel_tool_use', 'tool_choice') === true;
  return toolSettings(tools, choiceOf(wanted, reading), single ? false : undefined, reading.translation);
}

function choiceOf(wanted: JsonObject, reading: MessagesReading): ToolChoice | undefined {
  const kind = requiredText(wanted, 'type', 'tool_choice');
  if (!reading.takes('tool choice', kind, wanted, 'tool_choice')) return undefined;
  return CHOICES.get(kind) ?? { name: requiredText(wanted, 'name', 'tool_choice') };
}

function clientTools(tool: JsonObject, path: string, reading: MessagesReading): ClientTool[] {
  const type = optionalText(tool, 'type', path) ?? 'custom';
  // The tools of Anthropic's servers carry the date of their version, such as `bash_20250124`.
  if (!reading.takes('tool', type.replace(/_\d{8}$/, ''), tool, path)) return [];
  reading.translation.dropOthers(tool, TOOL_MEMBERS, path);
  return [
    {
      name: requiredName(tool, path),
      description: optionalText(tool, 'description', path) || undefined,
      parameters: optionalObject(tool, 'input_schema', path),
      strict: optionalFlag(tool, 'strict', path),
      path,
    },
  ];
}
