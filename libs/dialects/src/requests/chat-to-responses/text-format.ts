import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { optionalFlag, optionalObject, optionalText, requiredObject, requiredText } from '../from-messages/fields';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';

/**
 * `response_format` as `text.format`: what chat nests is flat here.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function textFormat(format: JsonObject, translation: RequestTranslation): JsonObject | undefined {
  const type = requiredText(format, 'type', 'response_format');
  const kind = ['text', 'json_object', 'json_schema'].includes(type) ? type : 'other';
  const { content } = CHAT_TO_RESPONSES_RULES;
  if (!translation.checkContent(content, `response_format: ${kind}`, format, 'response_format')) return undefined;
  if (type !== 'json_schema') return { type };
  const path = 'response_format.json_schema';
  const outer = requiredObject(format, 'json_schema', 'response_format');
  const description = optionalText(outer, 'description', path);
  const schema = optionalObject(outer, 'schema', path);
  // In chat the schema may be absent, here it may not.
  if (schema === undefined) return { type: 'json_object' };
  return {
    type,
    name: requiredText(outer, 'name', path),
    ...(description !== undefined && { description }),
    schema,
    strict: optionalFlag(outer, 'strict', path) ?? false,
  };
}
