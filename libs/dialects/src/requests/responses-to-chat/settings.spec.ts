import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS, type UpstreamTraits } from '../upstream-traits';
import { responsesToChat } from './responses-to-chat';

function translate(request: JsonObject, traits: Partial<UpstreamTraits> = {}) {
  const translation = new RequestTranslation('up', { ...DEFAULT_TRAITS, ...traits });
  const { body } = responsesToChat({ model: 'x', input: 'Hi', ...request }, translation);
  return { body, dropped: translation.dropped };
}

const plain = { model: 'up', messages: [{ role: 'user', content: 'Hi' }] };
const schema = { type: 'object', properties: { a: { type: 'string', minLength: 1 } }, $defs: { x: {} } };
const look = { type: 'function', name: 'look', description: 'Looks', parameters: schema, strict: true };
const chatLook = {
  type: 'function',
  function: { name: 'look', description: 'Looks', parameters: schema, strict: true },
};
const other = { type: 'function', name: 'other', parameters: null, strict: null };
const chatOther = {
  type: 'function',
  function: { name: 'other', parameters: { type: 'object', properties: {} } },
};
const grammar = { type: 'grammar', syntax: 'lark', definition: 'start: "a"' };

describe('settings', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['nothing special', {}, {}],
    ['max_output_tokens', { max_output_tokens: 7 }, { max_tokens: 7 }],
    ['temperature and top_p, 0 too', { temperature: 0, top_p: 0.5 }, { temperature: 0, top_p: 0.5 }],
    ['user', { user: 'u', safety_identifier: 's' }, { user: 'u' }],
    ['safety_identifier', { safety_identifier: 's' }, { user: 's' }],
    [
      'a long user',
      { user: 'u'.repeat(65) },
      { user: 'f20e249d15fa4b9f44ba21d154f62e1efa76ddfdce5d25139a33a4787cee5a8b' },
    ],
    ['effort', { reasoning: { effort: 'high', summary: null } }, { reasoning_effort: 'high' }],
    ['stream', { stream: true }, { stream: true, stream_options: { include_usage: true } }],
    ['no stream', { stream: false }, {}],
    ['background that is off', { background: false }, {}],
    [
      'what asks for nothing',
      {
        store: false,
        include: ['reasoning.encrypted_content'],
        truncation: 'disabled',
        metadata: {},
        service_tier: 'auto',
        stream_options: { include_obfuscation: false },
        text: { verbosity: 'medium' },
      },
      {},
    ],
    [
      'nulls',
      {
        temperature: null,
        tools: null,
        tool_choice: null,
        text: null,
        reasoning: null,
        instructions: null,
        stream: null,
        previous_response_id: null,
      },
      {},
    ],
    ['plain text', { text: { format: { type: 'text' } } }, {}],
    ['json_object', { text: { format: { type: 'json_object' } } }, { response_format: { type: 'json_object' } }],
    [
      'json_schema is nested',
      { text: { format: { type: 'json_schema', name: 'n', description: 'd', schema, strict: true } } },
      { response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema, strict: true } } },
    ],
    [
      'json_schema without what is optional',
      { text: { format: { type: 'json_schema', name: 'n', schema, strict: null } } },
      { response_format: { type: 'json_schema', json_schema: { name: 'n', schema } } },
    ],
    ['functions are nested', { tools: [look, other] }, { tools: [chatLook, chatOther] }],
    ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: true }, {}],
    [
      'one call at a time',
      { tools: [other], parallel_tool_calls: false },
      { tools: [chatOther], parallel_tool_calls: false },
    ],
    [
      'a choice in a word',
      { tools: [other], tool_choice: 'required' },
      { tools: [chatOther], tool_choice: 'required' },
    ],
    [
      'a function',
      { tools: [other], tool_choice: { type: 'function', name: 'other' } },
      { tools: [chatOther], tool_choice: { type: 'function', function: { name: 'other' } } },
    ],
    [
      'allowed_tools narrows the tools',
      {
        tools: [look, other],
        tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'other' }] },
      },
      { tools: [chatOther], tool_choice: 'required' },
    ],
    [
      'a freeform tool takes one text',
      {
        tools: [{ type: 'custom', name: 'patch', description: 'Patches', format: grammar }],
        tool_choice: { type: 'custom', name: 'patch' },
      },
      {
        tools: [
          {
            type: 'function',
            function: {
              name: 'patch',
              description: 'Patches',
              parameters: {
                type: 'object',
                properties: {
                  input: { type: 'string', description: 'Text that follows this lark grammar:\nstart: "a"' },
                },
                required: ['input'],
                additionalProperties: false,
              },
            },
          },
        ],
        tool_choice: { type: 'function', function: { name: 'patch' } },
      },
    ],
    [
      'a freeform tool without a grammar',
      { tools: [{ type: 'custom', name: 'say', format: { type: 'text' } }] },
      {
        tools: [
          {
            type: 'function',
            function: {
              name: 'say',
              parameters: {
                type: 'object',
                properties: { input: { type: 'string' } },
                required: ['input'],
                additionalProperties: false,
              },
            },
          },
        ],
      },
    ],
  ])('%s', (_, request, settings) => {
    expect(translate(request)).toEqual({ body: { ...plain, ...settings }, dropped: [] });
  });

  it('names the limit as the upstream does', () => {
    const { body } = translate({ max_output_tokens: 7 }, { tokenLimitField: 'max_completion_tokens' });
    expect(body).toEqual({ ...plain, max_completion_tokens: 7 });
  });

  it('asks for usage only where that may be asked', () => {
    expect(translate({ stream: true }, { takesStreamOptions: false }).body).toEqual({ ...plain, stream: true });
  });

  it('drops and reports what has no counterpart', () => {
    const { body, dropped } = translate({
      include: ['message.output_text.logprobs'],
      truncation: 'auto',
      metadata: { a: 'b' },
      prompt_cache_key: 'k',
      service_tier: 'flex',
      top_logprobs: 2,
      text: { verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
      tools: [{ ...other, defer_loading: true }],
      later: 1,
    });
    expect(body).toEqual({ ...plain, reasoning_effort: 'low', tools: [chatOther] });
    expect(dropped.sort()).toEqual([
      ...['include', 'later', 'metadata', 'prompt_cache_key', 'reasoning.summary', 'service_tier'],
      ...['text.verbosity', 'tools.0.defer_loading', 'top_logprobs', 'truncation'],
    ]);
  });
});
