import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { chatToMessages } from './chat-to-messages';

export const BUDGET_MODEL = 'claude-sonnet-4-5';

/** Translates a request that need not have a model or messages. */
export function translate(request: JsonObject, model = BUDGET_MODEL, dropParams = false) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams });
  const translated = chatToMessages(
    { model: 'x', messages: [{ role: 'user', content: 'Hi' }], ...request },
    translation,
  );
  return { ...translated, dropped: translation.dropped };
}

export const plain = { model: BUDGET_MODEL, max_tokens: 4096, messages: [{ role: 'user', content: 'Hi' }] };
export const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  $defs: { x: {} },
};
export const tool = (name: string, more: object = {}) => ({
  type: 'function',
  function: { name, parameters: schema, ...more },
});
export const jsonFormat = (inner: object = schema, more: object = {}) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'place', schema: inner, ...more } },
});
export const forced = { type: 'function', function: { name: 'f' } };
