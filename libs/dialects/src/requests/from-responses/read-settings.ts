import type { JsonObject } from '../../json/json-value';
import type { AnswerFormat } from '../answer-format';
import { optionalFlag, optionalObject, optionalText, requiredObject, requiredText } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { PairRules } from '../translation-rules';

/**
 * Applies the rules to the request's fields, those inside of `text` and `reasoning` included.
 *
 * @throws SallyportError `dialect_unsupported` for the first one that is refused
 */
export function checkRequest(request: JsonObject, { fields }: PairRules, translation: RequestTranslation): void {
  translation.checkFields(fields, request);
  for (const outer of ['text', 'reasoning']) {
    for (const [name, value] of Object.entries(optionalObject(request, outer) ?? {})) {
      const path = `${outer}.${name}`;
      if (value !== null && value !== undefined) translation.checkContent(fields, path, value, path);
    }
  }
}

/**
 * Reads `text.format`.
 *
 * @throws SallyportError `invalid_request` for what is malformed, `dialect_unsupported` for what is refused
 */
export function readFormat(
  request: JsonObject,
  { content }: PairRules,
  translation: RequestTranslation,
): AnswerFormat | undefined {
  const format = optionalObject(optionalObject(request, 'text') ?? {}, 'format', 'text');
  if (format === undefined) return undefined;
  const path = 'text.format';
  const kind = `text.format: ${requiredText(format, 'type', path)}`;
  const listed = Object.hasOwn(content, kind) ? kind : 'text.format: other';
  if (!translation.checkContent(content, listed, format, path)) return undefined;
  if (format.type === 'text') return undefined;
  if (format.type === 'json_object') return { type: 'json_object' };
  return {
    type: 'json_schema',
    name: requiredText(format, 'name', path),
    description: optionalText(format, 'description', path),
    schema: requiredObject(format, 'schema', path),
    strict: optionalFlag(format, 'strict', path),
  };
}

/** `reasoning.effort`. @throws SallyportError `invalid_request` when it is no text */
export function readEffort(request: JsonObject): string | undefined {
  return optionalText(optionalObject(request, 'reasoning') ?? {}, 'effort', 'reasoning');
}

/** `reasoning.summary`. @throws SallyportError `invalid_request` when it is no text */
export function readSummary(request: JsonObject): string | undefined {
  return optionalText(optionalObject(request, 'reasoning') ?? {}, 'summary', 'reasoning');
}

/** The client's name for its end user. @throws SallyportError `invalid_request` when it is no text */
export function readUser(request: JsonObject): string | undefined {
  return optionalText(request, 'user') ?? optionalText(request, 'safety_identifier');
}
