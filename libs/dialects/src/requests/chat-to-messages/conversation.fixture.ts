import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { chatToMessages } from './chat-to-messages';

/** Translates a conversation. */
export function translate(messages: unknown[], more: JsonObject = {}, dropParams = false) {
  const translation = new RequestTranslation('claude-sonnet-4-5', { ...DEFAULT_TRAITS, dropParams });
  const { body } = chatToMessages({ model: 'x', messages, ...more }, translation);
  return { body, dropped: translation.dropped };
}

export const user = { role: 'user', content: 'Hi' };
export const text = (value: string) => ({ type: 'text', text: value });
export const call = (id: string, args = '{"city":"Oslo"}', name = 'weather') => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});
export const use = (id: string, input: object = { city: 'Oslo' }, name = 'weather') => ({
  type: 'tool_use',
  id,
  name,
  input,
});
export const calling = (...calls: object[]) => ({ role: 'assistant', content: null, tool_calls: calls });
export const result = (id: string, content?: unknown) => ({
  type: 'tool_result',
  tool_use_id: id,
  ...(content !== undefined && { content }),
});
export const tool = (id: string, content: unknown) => ({ role: 'tool', tool_call_id: id, content });
export const image = (url: string) => ({ type: 'image_url', image_url: { url, detail: 'low' } });
export const cache = { type: 'ephemeral' };
