import { claudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesTool, MessagesToolChoice } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import { at } from '../fields';
import type { RequestTranslation } from '../request-translation';
import { NO_ARGUMENTS, type ClientTool, type ToolChoice, type ToolSettings } from '../tool-settings';

/** The tools that the model sees, and what it may do with them; undefined when that is up to the model. */
export interface ToolUse {
  readonly tools: readonly MessagesTool[];
  readonly choice: MessagesToolChoice | undefined;
}

/** A client's tool, with what chat clients may add for Anthropic. */
export type CacheableTool = ClientTool & { readonly cacheControl?: JsonObject | undefined };

/** @param calledTools names of tools that were called earlier in the conversation */
export function toolUseOf(
  { tools, choice, parallel }: ToolSettings<CacheableTool>,
  calledTools: readonly string[],
  translation: RequestTranslation,
): ToolUse {
  if (tools.length > 0) {
    return { tools: tools.map((tool) => messagesTool(tool, translation)), choice: toolChoice(choice, parallel) };
  }
  // Anthropic refuses calls in the history of a request that defines no tools.
  if (calledTools.length === 0) return { tools: [], choice: undefined };
  return { tools: calledTools.map((name) => ({ name, input_schema: NO_ARGUMENTS })), choice: { type: 'none' } };
}

/** Whether the model has to call a tool. */
export function isForced(choice: MessagesToolChoice | undefined): boolean {
  return choice?.type === 'any' || choice?.type === 'tool';
}

function toolChoice(choice: ToolChoice | undefined, parallel: boolean | undefined): MessagesToolChoice | undefined {
  if (choice === 'none') return { type: 'none' };
  const single = parallel === false && { disable_parallel_tool_use: true };
  if (typeof choice === 'object') return { type: 'tool', name: choice.name, ...single };
  if (choice === 'required') return { type: 'any', ...single };
  return choice === 'auto' || single ? { type: 'auto', ...single } : undefined;
}

function messagesTool(
  { name, description, parameters, strict, cacheControl, path }: CacheableTool,
  translation: RequestTranslation,
): MessagesTool {
  const takesStrict = claudeModel(translation.model).structuredOutput;
  if (strict && !takesStrict) translation.drop(at(path, 'strict'));
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: inputSchema(parameters),
    ...(strict !== undefined && takesStrict && { strict }),
    ...(cacheControl !== undefined && { cache_control: cacheControl }),
  };
}

/** The schema as it is; Anthropic only insists that it says `object`. */
function inputSchema(parameters: JsonObject | undefined): JsonObject {
  if (parameters === undefined) return NO_ARGUMENTS;
  return (parameters['type'] ?? undefined) === undefined ? { ...parameters, type: 'object' } : parameters;
}
