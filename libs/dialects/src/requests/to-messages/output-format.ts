import { claudeModel } from '../../anthropic-messages/claude-models';
import type { JsonObject } from '../../json/json-value';
import type { AnswerFormat, JsonSchemaFormat } from '../answer-format';
import { outputSchema } from './output-schema';
import { isForced, type ToolUse } from './tool-use';

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

const JSON_OBJECT = 'Answer with one JSON object only: no other text before or behind it, no code fence.';

/**
 * @param format undefined for plain text
 * @param thinking whether the model was asked to think: then it cannot be made to call a tool
 * @param model the upstream's name of it
 */
export function planOutput(
  format: AnswerFormat | undefined,
  toolUse: ToolUse,
  thinking: boolean,
  model: string,
): OutputPlan {
  if (format === undefined) return { toolUse };
  if (format.type === 'json_object') return { toolUse, instruction: JSON_OBJECT };
  if (claudeModel(model).structuredOutput) {
    return { toolUse, format: { type: 'json_schema', schema: outputSchema(described(format)) } };
  }
  // A client that demands a call of its own tools does not get its answer now.
  if (isForced(toolUse.choice)) return { toolUse };
  const objectRoot = (format.schema['type'] ?? 'object') === 'object';
  if (!thinking && objectRoot) return withJsonTool(format, toolUse);
  const schema = JSON.stringify(described(format));
  return { toolUse, instruction: `${JSON_OBJECT} It must follow this JSON schema:\n${schema}` };
}

function withJsonTool(format: JsonSchemaFormat, { tools, choice }: ToolUse): OutputPlan {
  const name = freeName(tools.map((tool) => tool.name));
  const tool = {
    name,
    description: format.description ?? 'Gives the final answer. Call it once, when the answer is ready.',
    input_schema: { ...format.schema, type: 'object' },
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

function described({ schema, description }: JsonSchemaFormat): JsonObject {
  return description === undefined || schema['description'] !== undefined ? schema : { ...schema, description };
}
