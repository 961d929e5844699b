import type { JsonObject } from '../../json/json-value';
import { refusal } from '../refusal.fixture';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { chatToResponses } from './chat-to-responses';

function translate(request: JsonObject, { model = 'gpt-4.1', dropParams = false } = {}) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams });
  const messages = [{ role: 'user', content: 'Hi' }];
  const { body } = chatToResponses({ model: 'x', messages, ...request }, translation);
  return { body, dropped: translation.dropped };
}

const message = (role: string, content: unknown) => ({ type: 'message', role, content });

const plain = { model: 'gpt-4.1', input: [message('user', 'Hi')], store: false };
const schema = { type: 'object', properties: { city: { type: 'string' } } };
const fn = { type: 'function', name: 'f', parameters: schema, strict: false };
const chatTool = (more: object = {}) => ({ type: 'function', function: { name: 'f', parameters: schema, ...more } });

describe('settings', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a plain request', {}, {}],
    ['the limit', { max_completion_tokens: 5, max_tokens: 7 }, { max_output_tokens: 5 }],
    ['the short limit', { max_tokens: 7 }, { max_output_tokens: 7 }],
    ['effort', { reasoning_effort: 'low' }, { reasoning: { effort: 'low' } }],
    ['text', { response_format: { type: 'text' } }, {}],
    ['json_object', { response_format: { type: 'json_object' } }, { text: { format: { type: 'json_object' } } }],
    [
      'json_schema is flat, and no more strict than in chat',
      { response_format: { type: 'json_schema', json_schema: { name: 'n', schema } }, verbosity: 'low' },
      { text: { format: { type: 'json_schema', name: 'n', schema, strict: false }, verbosity: 'low' } },
    ],
    [
      'json_schema as strict as asked',
      { response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema, strict: true } } },
      { text: { format: { type: 'json_schema', name: 'n', description: 'd', schema, strict: true } } },
    ],
    ['tools are flat', { tools: [chatTool({ description: 'F' })] }, { tools: [{ ...fn, description: 'F' }] }],
    ['strict', { tools: [chatTool({ strict: true, description: null })] }, { tools: [{ ...fn, strict: true }] }],
    [
      'no parameters',
      { tools: [{ type: 'function', function: { name: 'f' } }] },
      { tools: [{ ...fn, parameters: { type: 'object', properties: {} } }] },
    ],
    [
      'custom tools',
      {
        tools: [
          {
            type: 'custom',
            custom: { name: 'c', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } },
          },
        ],
      },
      { tools: [{ type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } }] },
    ],
    ['a plain choice', { tools: [chatTool()], tool_choice: 'required' }, { tools: [fn], tool_choice: 'required' }],
    [
      'a function',
      { tools: [chatTool()], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false },
      { tools: [fn], tool_choice: { type: 'function', name: 'f' }, parallel_tool_calls: false },
    ],
    [
      'allowed tools',
      {
        tools: [chatTool()],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
        },
      },
      { tools: [fn], tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] } },
    ],
    ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: false }, {}],
    [
      'deprecated functions',
      { functions: [{ name: 'f', parameters: schema }], function_call: { name: 'f' } },
      { tools: [fn], tool_choice: { type: 'function', name: 'f' } },
    ],
    ['stream', { stream: true, stream_options: { include_usage: true } }, { stream: true }],
    ['nulls', { stop: null, temperature: null, tools: null, user: null, response_format: null }, {}],
    ['no stop sequences', { stop: [] }, {}],
  ])('%s', (_, request, expected) => {
    expect(translate(request).body).toEqual({ ...plain, ...expected });
  });

  it('carries what both have', () => {
    const same = {
      temperature: 0,
      top_p: 0.5,
      user: 'u',
      safety_identifier: 's',
      metadata: { a: 'b' },
      service_tier: 'flex',
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
    };
    expect(translate(same)).toEqual({ body: { ...plain, ...same }, dropped: [] });
  });

  it('asks reasoning models for the proof of their reasoning', () => {
    expect(translate({}, { model: 'gpt-5' }).body['include']).toEqual(['reasoning.encrypted_content']);
  });

  it('drops what has no counterpart, and says so', () => {
    const request = { seed: 1, frequency_penalty: 1, presence_penalty: 1, logit_bias: { '1': 1 }, logprobs: true };
    expect(translate(request)).toEqual({ body: plain, dropped: Object.keys(request) });
  });

  it('refuses stop sequences, or leaves them out with drop_params', () => {
    expect(refusal(() => translate({ stop: 'END' }))).toMatchObject({ code: 'dialect_unsupported', param: 'stop' });
    expect(translate({ stop: 'END' }, { dropParams: true })).toEqual({ body: plain, dropped: ['stop'] });
  });

  it('says nothing of values that ask for nothing', () => {
    const request = { n: 1, store: false, logit_bias: {}, logprobs: false, top_logprobs: 0, modalities: ['text'] };
    expect(translate({ ...request, frequency_penalty: 0, presence_penalty: 0 })).toEqual({ body: plain, dropped: [] });
  });

  it('refuses n above 1 always', () => {
    expect(refusal(() => translate({ n: 2 }, { dropParams: true }))).toMatchObject({
      code: 'dialect_unsupported',
      param: 'n',
    });
  });
});
