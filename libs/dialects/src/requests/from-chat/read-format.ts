import type { JsonObject } from '../../json/json-value';
import type { AnswerFormat } from '../answer-format';
import { optionalFlag, optionalObject, optionalText, requiredObject, requiredText } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { RuleTable } from '../translation-rules';

/**
 * Reads `response_format`.
 *
 * @param rules of the pair, for each kind of format
 * @returns undefined for plain text
 * @throws SallyportError `dialect_unsupported` or `invalid_request`
 */
export function readFormat(
  request: JsonObject,
  rules: RuleTable,
  translation: RequestTranslation,
): AnswerFormat | undefined {
  const format = optionalObject(request, 'response_format');
  if (format === undefined) return undefined;
  const type = requiredText(format, 'type', 'response_format');
  const kind = ['text', 'json_object', 'json_schema'].includes(type) ? type : 'other';
  if (!translation.checkContent(rules, `response_format: ${kind}`, format, 'response_format')) return undefined;
  if (type === 'text') return undefined;
  if (type === 'json_object') return { type };
  const path = 'response_format.json_schema';
  const inner = requiredObject(format, 'json_schema', 'response_format');
  const schema = optionalObject(inner, 'schema', path);
  // Only in chat the schema may be absent.
  if (schema === undefined) return { type: 'json_object' };
  return {
    type: 'json_schema',
    // Chat demands a name, but servers that speak it often do not.
    name: optionalText(inner, 'name', path) || 'response',
    description: optionalText(inner, 'description', path),
    schema,
    strict: optionalFlag(inner, 'strict', path),
  };
}
