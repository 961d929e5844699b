import type { ChatRequest, ChatResponseFormat } from '../../openai-chat/chat-request';
import type { AnswerFormat } from '../answer-format';
import { present } from '../fields';
import type { RequestTranslation } from '../request-translation';
import { NO_ARGUMENTS, type ToolSettings } from '../tool-settings';

/** Tools and their choice as chat says it. Nothing of it may be sent when there are no tools. */
export function chatTools({ tools, choice, parallel }: ToolSettings): Partial<ChatRequest> {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, parameters, strict }) => ({
      type: 'function',
      function: present({ name, description, parameters: parameters ?? NO_ARGUMENTS, strict }),
    })),
    tool_choice: typeof choice === 'object' ? { type: 'function', function: { name: choice.name } } : choice,
    parallel_tool_calls: parallel,
  };
}

/** The form of the answer as chat says it. */
export function chatFormat(format: AnswerFormat): ChatResponseFormat {
  if (format.type === 'json_object') return format;
  const { type, name, description, schema, strict } = format;
  return { type, json_schema: present({ name, description, schema, strict }) };
}

/** A stream, with its usage wherever that may be asked for: there is none otherwise. */
export function chatStream({ traits }: RequestTranslation): Partial<ChatRequest> {
  return { stream: true, ...(traits.takesStreamOptions && { stream_options: { include_usage: true } }) };
}
