import { claudeModel } from '../../anthropic-messages/claude-models';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { optionalObject, optionalText, requiredObject, requiredText } from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { outputSchema } from './output-schema';
import type { ToolUse } from './tool-choice';

/** How the model is brought to answer in a form. */
export interface OutputPlan {
  /** For a model that follows a schema by itself. */
  readonly format?: { type: 'json_schema'; schema: object };
  /** More text for `system`. */
  readonly instruction?: string;
  readonly toolUse: ToolUse;
  /** Name of the tool that takes the place of the answer. */
  readonly jsonTool?: string;
}

interface JsonSchema {
  readonly name: string;
  readonly description: string | undefined;
  readonly schema: JsonObject;
}

const JSON_OBJECT = 'Answer with one JSON object only: no other text before or behind it, no code fence.';

/**
 * @param thinking whether the model was asked to think: then it cannot be made to call a tool
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function planOutput(
  request: JsonObject,
  toolUse: ToolUse,
  thinking: boolean,
  translation: RequestTranslation,
): OutputPlan {
  const format = optionalObject(request, 'response_format');
  if (format === undefined) return { toolUse };
  const type = requiredText(format, 'type', 'response_format');
  const kind = ['text', 'json_object', 'json_schema'].includes(type) ? type : 'other';
  if (
    !translation.checkContent(CHAT_TO_MESSAGES_RULES.content, `response_format: ${kind}`, format, 'response_format')
  ) {
    return { toolUse };
  }
  if (type === 'text') return { toolUse };
  const schema = type === 'json_schema' ? readSchema(format) : undefined;
  if (schema === undefined) return { toolUse, instruction: JSON_OBJECT };
  if (claudeModel(translation.model).structuredOutput) {
    return { toolUse, format: { type: 'json_schema', schema: outputSchema(described(schema)) } };
  }
  const { choice } = toolUse;
  // A client that demands a call of its own tools does not get its answer now.
  if (choice?.type === 'any' || choice?.type === 'tool') return { toolUse };
  const objectRoot = (schema.schema['type'] ?? 'object') === 'object';
  if (thinking || !objectRoot)
    return { toolUse, instruction: `${JSON_OBJECT} It must follow this JSON schema:\n${text(schema)}` };
  return withJsonTool(schema, toolUse);
}

function readSchema(format: JsonObject): JsonSchema | undefined {
  const path = 'response_format.json_schema';
  const outer = requiredObject(format, 'json_schema', 'response_format');
  const schema = optionalObject(outer, 'schema', path);
  const name = optionalText(outer, 'name', path) ?? '';
  return schema && { name, schema, description: optionalText(outer, 'description', path) };
}

function withJsonTool(schema: JsonSchema, { tools, choice }: ToolUse): OutputPlan {
  const name = freeName(tools.map((tool) => tool.name));
  const tool = {
    name,
    description: schema.description ?? 'Gives the final answer. Call it once, when the answer is ready.',
    input_schema: { ...schema.schema, type: 'object' },
  };
  const ownToolsAllowed = tools.length > 0 && choice?.type !== 'none';
  const parallel = choice !== undefined && 'disable_parallel_tool_use' in choice && { disable_parallel_tool_use: true };
  return {
    toolUse: {
      tools: [...tools, tool],
      choice: ownToolsAllowed ? { type: 'any', ...parallel } : { type: 'tool', name },
    },
    jsonTool: name,
  };
}

function freeName(taken: readonly string[]): string {
  let name = 'json_response';
  for (let next = 2; taken.includes(name); next += 1) name = `json_response_${next}`;
  return name;
}

function described({ schema, description }: JsonSchema): JsonObject {
  return description === undefined || schema['description'] !== undefined ? schema : { ...schema, description };
}

function text(schema: JsonSchema): string {
  return JSON.stringify(described(schema));
}
