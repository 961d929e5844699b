import type { ChatResponseFormat, ChatToolChoice } from '../../openai-chat/chat-request';
import { present } from '../from-messages/fields';
import type { AnswerFormat } from '../from-responses/read-settings';
import type { ToolSettings } from '../from-responses/read-tools';

/** A tool choice as chat says it. */
export function chatChoice(choice: ToolSettings['choice']): ChatToolChoice | undefined {
  return typeof choice === 'object' ? { type: 'function', function: { name: choice.name } } : choice;
}

/** The form of the answer as chat says it. */
export function chatFormat(format: AnswerFormat): ChatResponseFormat {
  if (format.type === 'json_object') return format;
  const { name, description, schema, strict } = format;
  return { type: 'json_schema', json_schema: present({ name, description, schema, strict }) };
}
