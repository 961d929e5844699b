import type { ResponsesFormat, ResponsesTool, ResponsesToolChoice } from '../../openai-responses/responses-request';
import { present } from '../fields';
import type { AnswerFormat } from '../answer-format';
import { NO_ARGUMENTS, type ClientTool, type ToolChoice } from '../tool-settings';

/** A tool as Responses says it: flat. It takes one without the flag for a strict one, no other API does. */
export function responsesTool({ name, description, parameters, strict }: ClientTool): ResponsesTool {
  return present({
    type: 'function' as const,
    name,
    description,
    parameters: parameters ?? NO_ARGUMENTS,
    strict: strict ?? false,
  });
}

/** A tool choice as Responses says it. */
export function responsesChoice(choice: ToolChoice): ResponsesToolChoice {
  return typeof choice === 'object' ? { type: 'function', ...choice } : choice;
}

/** The form of the answer as Responses says it; strict only when the client asked for that, as with tools. */
export function responsesFormat(format: AnswerFormat): ResponsesFormat {
  if (format.type === 'json_object') return format;
  const { type, name, description, schema, strict } = format;
  return present({ type, name, description, schema, strict: strict ?? false });
}
