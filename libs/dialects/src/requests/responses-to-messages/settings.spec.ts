import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { responsesToMessages } from './responses-to-messages';

const BUDGET_MODEL = 'claude-sonnet-4-5';
const ADAPTIVE_MODEL = 'claude-opus-4-6';
const OLD_MODEL = 'claude-3-5-sonnet-20241022';

function translate(request: JsonObject, model = BUDGET_MODEL) {
  const translation = new RequestTranslation(model, DEFAULT_TRAITS);
  const translated = responsesToMessages({ model: 'x', input: 'Hi', ...request }, translation);
  return { ...translated, dropped: translation.dropped };
}

const plain = { model: BUDGET_MODEL, max_tokens: 4096, messages: [{ role: 'user', content: 'Hi' }] };
const schema = { type: 'object', properties: { a: { type: 'string', minLength: 1 } }, $defs: { x: {} } };
const look = { type: 'function', name: 'look', description: 'Looks', parameters: schema };
const ownLook = { name: 'look', description: 'Looks', input_schema: schema };
const other = { type: 'function', name: 'other', description: null, parameters: null, strict: null };
const ownOther = { name: 'other', input_schema: { type: 'object', properties: {} } };
const jsonSchema = { text: { format: { type: 'json_schema', name: 'place', schema } } };
const freeform = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
  additionalProperties: false,
};

describe('settings', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a limit of its own', {}, {}],
    ['the client’s limit', { max_output_tokens: 7 }, { max_tokens: 7 }],
    ['a temperature of 0 stays', { temperature: 0, top_p: 0.5 }, { temperature: 0, top_p: 0.5 }],
    ['a temperature above 1 is 1', { temperature: 1.7 }, { temperature: 1 }],
    ['user', { user: 'u', safety_identifier: 's' }, { metadata: { user_id: 'u' } }],
    ['safety_identifier', { safety_identifier: 's' }, { metadata: { user_id: 's' } }],
    ['stream', { stream: true }, { stream: true }],
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
    ['nulls', { temperature: null, tools: null, tool_choice: null, text: null, reasoning: null, user: null }, {}],
    ['tools', { tools: [look, other] }, { tools: [ownLook, ownOther] }],
    ['a strict tool', { tools: [{ ...look, strict: true }] }, { tools: [{ ...ownLook, strict: true }] }],
    ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: false }, {}],
    ['auto', { tools: [other], tool_choice: 'auto' }, { tools: [ownOther], tool_choice: { type: 'auto' } }],
    ['none', { tools: [other], tool_choice: 'none' }, { tools: [ownOther], tool_choice: { type: 'none' } }],
    ['required', { tools: [other], tool_choice: 'required' }, { tools: [ownOther], tool_choice: { type: 'any' } }],
    [
      'a function',
      { tools: [other], tool_choice: { type: 'function', name: 'other' } },
      { tools: [ownOther], tool_choice: { type: 'tool', name: 'other' } },
    ],
    [
      'a freeform tool takes one text',
      { tools: [{ type: 'custom', name: 'say' }], tool_choice: { type: 'custom', name: 'say' } },
      { tools: [{ name: 'say', input_schema: freeform }], tool_choice: { type: 'tool', name: 'say' } },
    ],
    [
      'allowed_tools narrows the tools',
      {
        tools: [look, other],
        tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'look' }] },
      },
      { tools: [ownLook], tool_choice: { type: 'auto' } },
    ],
    [
      'one call at a time',
      { tools: [other], parallel_tool_calls: false },
      { tools: [ownOther], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ],
    ['several calls', { tools: [other], parallel_tool_calls: true }, { tools: [ownOther] }],
    ['plain text', { text: { format: { type: 'text' } } }, {}],
    ['no effort', { reasoning: { effort: 'none' } }, {}],
    [
      'a budget, with room behind it',
      { reasoning: { effort: 'high' }, max_output_tokens: 100 },
      { thinking: { type: 'enabled', budget_tokens: 4096 }, max_tokens: 4196 },
    ],
  ])('%s', (_, request, settings) => {
    expect(translate(request)).toEqual({ body: { ...plain, ...settings }, dropped: [] });
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
      later: 1,
    });
    expect(body).toEqual(plain);
    expect(dropped.sort()).toEqual([
      ...['include', 'later', 'metadata', 'prompt_cache_key', 'service_tier'],
      ...['text.verbosity', 'top_logprobs', 'truncation'],
    ]);
  });
});

describe('the form of the answer', () => {
  it('is a schema for models that follow one, without what Anthropic does not enforce', () => {
    const { body, jsonTool } = translate(jsonSchema);
    expect(jsonTool).toBeUndefined();
    expect(body.output_config).toMatchObject({
      format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } },
    });
    expect(JSON.stringify(body.output_config)).not.toContain('"minLength":');
  });

  it('is a tool for older models', () => {
    const { body, jsonTool } = translate(jsonSchema, OLD_MODEL);
    expect(jsonTool).toBe('json_response');
    expect(body.tools).toEqual([expect.objectContaining({ name: jsonTool, input_schema: schema })]);
    expect(body.tool_choice).toEqual({ type: 'tool', name: jsonTool });
  });

  it('is an instruction when any object will do', () => {
    const { body } = translate({ instructions: 'I', text: { format: { type: 'json_object' } } });
    expect(body.system).toEqual([
      { type: 'text', text: 'I' },
      { type: 'text', text: expect.stringContaining('JSON') as string },
    ]);
  });
});

describe('thinking', () => {
  it('is adaptive for newer models, and shown when the client wants a summary', () => {
    expect(translate({ reasoning: { effort: 'medium', summary: 'auto' } }, ADAPTIVE_MODEL)).toEqual({
      body: {
        ...plain,
        model: ADAPTIVE_MODEL,
        thinking: { type: 'adaptive', display: 'summarized' },
        output_config: { effort: 'medium' },
      },
      dropped: [],
    });
    expect(translate({ reasoning: { effort: 'medium' } }, ADAPTIVE_MODEL).body.thinking).toEqual({ type: 'adaptive' });
  });

  it('shows the thinking of older models anyway', () => {
    const { body } = translate({ reasoning: { effort: 'low', summary: 'detailed' } });
    expect(body.thinking).toEqual({ type: 'enabled', budget_tokens: 1024 });
  });

  it('leaves out what does not go with it', () => {
    const { body, dropped } = translate({ reasoning: { effort: 'low' }, temperature: 0.5, top_p: 0.9 });
    expect(body).toEqual({ ...plain, thinking: { type: 'enabled', budget_tokens: 1024 } });
    expect(dropped).toEqual(['temperature', 'top_p']);
  });

  it('gives way to a tool that must be called', () => {
    const { body, dropped } = translate({ reasoning: { effort: 'low' }, tools: [other], tool_choice: 'required' });
    expect(body).toEqual({ ...plain, tools: [ownOther], tool_choice: { type: 'any' } });
    expect(dropped).toEqual(['reasoning.effort']);
  });

  it('drops and reports an unknown effort', () => {
    const { body, dropped } = translate({ reasoning: { effort: 'later' } });
    expect(body).toEqual(plain);
    expect(dropped).toEqual(['reasoning.effort']);
  });

  it('leaves `strict` out for models that do not know it', () => {
    const tools = [{ type: 'web_search' }, { ...look, strict: true }];
    const translation = new RequestTranslation(OLD_MODEL, { ...DEFAULT_TRAITS, dropParams: true });
    const { body } = responsesToMessages({ model: 'x', input: 'Hi', tools }, translation);
    expect(body.tools).toEqual([ownLook]);
    expect(translation.dropped).toEqual(['tools.0', 'tools.1.strict']);
  });

  it('defines the tools of earlier calls when the request has none', () => {
    const input = [{ type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' }];
    const { body } = translate({ input });
    expect(body.tools).toEqual([{ name: 'look', input_schema: { type: 'object', properties: {} } }]);
    expect(body.tool_choice).toEqual({ type: 'none' });
  });
});
