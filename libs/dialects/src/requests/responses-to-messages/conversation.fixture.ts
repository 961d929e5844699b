import type { JsonObject } from '../../json/json-value';
import { sealReasoning } from '../../reply/sealed-reasoning';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { responsesToMessages } from './responses-to-messages';

export const PDF = 'data:application/pdf;base64,JVBERg==';
export const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' };
export const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } };
export const inputImage = { type: 'input_image', image_url: 'data:image/png;base64,aGk=' };

/** Translates the input of a request. */
export function translate(input: unknown, more: JsonObject = {}) {
  const translation = new RequestTranslation('claude-sonnet-4-5', DEFAULT_TRAITS);
  const { body } = responsesToMessages({ model: 'x', input, ...more }, translation);
  const { system, messages, thinking } = body;
  return { system, messages, thinking, dropped: translation.dropped };
}

export const call = (id: string, json = '{"a":1}') => ({
  type: 'function_call',
  call_id: id,
  name: 'look',
  arguments: json,
});
export const output = (id: string, given: unknown = `seen ${id}`) => ({
  type: 'function_call_output',
  call_id: id,
  output: given,
});
export const toolUse = (id: string, input: object = { a: 1 }) => ({ type: 'tool_use', id, name: 'look', input });
export const toolResult = (id: string, content: unknown = `seen ${id}`) => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
});
export const text = (given: string) => ({ type: 'text', text: given });
export const user = { role: 'user', content: 'Hi' };
export const said = (given: string) => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: given }],
});
export const part = (given: object) => ({ role: 'user', content: [given] });

export const thinking = { type: 'thinking', thinking: 'Größe \ud83d\ude00 \\u0041', signature: 'Eu+/a==' };
export const redacted = { type: 'redacted_thinking', data: 'EmwK+/==' };
export const reasoning = (block: object) => ({
  type: 'reasoning',
  id: 'rs_1',
  summary: [],
  encrypted_content: sealReasoning('anthropic-messages', { ...block }),
});
