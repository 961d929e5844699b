import { isObject, type JsonObject } from '../../reply/json-value';
import { malformed, optionalFlag, optionalList, optionalObject, optionalText, requiredText } from './fields';
import type { MessagesReading } from './messages-reading';

/** A tool of the client. */
export interface ClientTool {
  readonly name: string;
  readonly description: string | undefined;
  /** JSON schema of its input, whole. */
  readonly schema: JsonObject;
  readonly strict: boolean | undefined;
}

export interface ToolUse {
  readonly tools: readonly ClientTool[];
  readonly choice: 'auto' | 'required' | 'none' | { readonly name: string } | undefined;
  /** Whether the model may call at most one tool. */
  readonly single: boolean;
}

const CARRIED_MEMBERS = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control']);
const CHOICES = new Map<string, 'auto' | 'required' | 'none'>([
  ['auto', 'auto'],
  ['any', 'required'],
  ['none', 'none'],
]);

/**
 * Reads the tools and how they are to be used. OpenAI's APIs refuse an empty list of tools, and a choice without tools.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function toolUseOf(request: JsonObject, reading: MessagesReading): ToolUse {
  const list = optionalList(request, 'tools') ?? [];
  const tools = list.flatMap((tool, index) => clientTools(tool, `tools.${index}`, reading));
  return { tools, ...choiceOf(optionalObject(request, 'tool_choice'), tools, reading) };
}

function choiceOf(
  wanted: JsonObject | undefined,
  tools: readonly ClientTool[],
  reading: MessagesReading,
): Pick<ToolUse, 'choice' | 'single'> {
  const free = { choice: undefined, single: false };
  if (wanted === undefined) return free;
  const kind = requiredText(wanted, 'type', 'tool_choice');
  if (tools.length === 0) {
    reading.translation.drop('tool_choice');
    return free;
  }
  if (!reading.takes('tool choice', kind, wanted, 'tool_choice')) return free;
  const single = optionalFlag(wanted, 'disable_parallel_tool_use', 'tool_choice') === true;
  if (kind !== 'tool') return { choice: CHOICES.get(kind), single };
  const name = requiredText(wanted, 'name', 'tool_choice');
  if (tools.some((tool) => tool.name === name)) return { choice: { name }, single };
  reading.translation.refuse('tool_choice', 'it names a tool that is not among those sent');
  return { choice: undefined, single };
}

function clientTools(tool: unknown, path: string, reading: MessagesReading): ClientTool[] {
  if (!isObject(tool)) throw malformed(path, 'an object');
  const type = optionalText(tool, 'type', path) ?? 'custom';
  // The tools of Anthropic's servers carry the date of their version, such as `bash_20250124`.
  if (!reading.takes('tool', type.replace(/_\d{8}$/, ''), tool, path)) return [];
  for (const name of Object.keys(tool)) if (!CARRIED_MEMBERS.has(name)) reading.translation.drop(`${path}.${name}`);
  return [
    {
      name: requiredText(tool, 'name', path),
      description: optionalText(tool, 'description', path),
      schema: optionalObject(tool, 'input_schema', path) ?? { type: 'object', properties: {} },
      strict: optionalFlag(tool, 'strict', path),
    },
  ];
}
