import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS, type UpstreamTraits } from '../upstream-traits';
import { responsesToChat } from './responses-to-chat';

export const PNG = 'data:image/png;base64,aGk=';
export const PDF = 'data:application/pdf;base64,JVBERg==';

/** Translates the input of a request. */
export function messagesOf(input: unknown, more: JsonObject = {}, traits: Partial<UpstreamTraits> = {}) {
  const translation = new RequestTranslation('up', { ...DEFAULT_TRAITS, ...traits });
  const { body } = responsesToChat({ model: 'x', input, ...more }, translation);
  return { messages: body.messages, dropped: translation.dropped };
}

export const call = (id: string, more: object = {}) => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: id,
  name: 'look',
  arguments: '{"a":1}',
  status: 'completed',
  ...more,
});
export const output = (id: string, given: unknown = `seen ${id}`) => ({
  type: 'function_call_output',
  call_id: id,
  output: given,
});
export const toolCall = (id: string, json = '{"a":1}') => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: json },
});
export const user = { role: 'user', content: 'Hi' };
export const said = (text: string) => ({
  type: 'message',
  id: 'msg_1',
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});
export const reasoning = { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }] };
