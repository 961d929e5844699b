import type { JsonObject } from '../../reply/json-value';
import { RequestTranslation } from '../../translation/request-translation';
import { DEFAULT_TRAITS } from '../../translation/upstream-traits';
import { chatToMessages } from './chat-to-messages';

const BUDGET_MODEL = 'claude-sonnet-4-5';

function translate(request: JsonObject, model = BUDGET_MODEL, dropParams = false) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams });
  const translated = chatToMessages(
    { model: 'x', messages: [{ role: 'user', content: 'Hi' }], ...request },
    translation,
  );
  return { ...translated, dropped: translation.dropped };
}

/** What a translation throws. */
function refusal(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

const plain = { model: BUDGET_MODEL, max_tokens: 4096, messages: [{ role: 'user', content: 'Hi' }] };
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], $defs: { x: {} } };
const tool = (name: string, more: object = {}) => ({
  type: 'function',
  function: { name, parameters: schema, ...more },
});
const forced = { type: 'function', function: { name: 'f' } };
const jsonFormat = (inner: object = schema, more: object = {}) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'place', schema: inner, ...more } },
});

describe('plain settings', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['nothing but a message', {}, {}],
    ['3.17 max_completion_tokens wins', { max_completion_tokens: 5, max_tokens: 7 }, { max_tokens: 5 }],
    ['3.17 max_tokens', { max_tokens: 7, max_completion_tokens: null }, { max_tokens: 7 }],
    ['3.18 a temperature of 0 stays', { temperature: 0 }, { temperature: 0 }],
    ['3.18 a temperature above 1 is 1', { temperature: 1.7 }, { temperature: 1 }],
    ['top_p and top_k', { top_p: 0.5, top_k: 3 }, { top_p: 0.5, top_k: 3 }],
    ['3.19 one stop sequence', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['3.19 several, those of white space left out', { stop: ['a', '\n\n', '', 'b'] }, { stop_sequences: ['a', 'b'] }],
    ['3.19 none left', { stop: '\n' }, {}],
    ['3.19 null', { stop: null }, {}],
    ['3.20 user', { user: 'u1', metadata: { a: 'b' } }, { metadata: { user_id: 'u1' } }],
    ['3.20 safety_identifier', { safety_identifier: 's1' }, { metadata: { user_id: 's1' } }],
    ['3.26 stream', { stream: true, stream_options: { include_usage: true } }, { stream: true }],
    ['3.27 cache_control', { cache_control: { type: 'ephemeral' } }, { cache_control: { type: 'ephemeral' } }],
    [
      '3.21 nulls',
      {
        temperature: null,
        seed: null,
        tools: null,
        tool_choice: null,
        response_format: null,
        reasoning_effort: null,
        user: null,
      },
      {},
    ],
  ])('%s', (_, request, expected) => {
    expect(translate(request).body).toEqual({ ...plain, ...expected });
  });

  it('3.20 a very long user becomes a digest', () => {
    const { body } = translate({ user: 'u'.repeat(257) });
    expect(body['metadata']).toEqual({ user_id: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it('3.21 drops what has no counterpart, and says so', () => {
    const request = {
      frequency_penalty: 0.5,
      presence_penalty: 0.5,
      logit_bias: { '1': 1 },
      seed: 1,
      logprobs: true,
      top_logprobs: 2,
      n: 1,
      store: true,
      prediction: { type: 'content', content: 'x' },
      modalities: ['text'],
      verbosity: 'low',
      prompt_cache_key: 'k',
      service_tier: 'auto',
      metadata: { a: 'b' },
      unheard_of: 1,
    };
    const { body, dropped } = translate(request);
    expect(body).toEqual(plain);
    expect(dropped).toEqual(Object.keys(request).filter((name) => name !== 'n'));
  });

  it.each([true, false])('3.22 refuses n above 1 (drop_params %s)', (dropParams) => {
    expect(refusal(() => translate({ n: 2 }, BUDGET_MODEL, dropParams))).toMatchObject({
      code: 'dialect_unsupported',
      param: 'n',
    });
  });

  it('refuses what would change the answer, or leaves it out with drop_params', () => {
    const request = { web_search_options: {} };
    expect(refusal(() => translate(request))).toMatchObject({ param: 'web_search_options' });
    expect(translate(request, BUDGET_MODEL, true)).toMatchObject({ body: plain, dropped: ['web_search_options'] });
  });

  it('leaves sampling to a model that refuses it, unless drop_params is set', () => {
    const sampling = { temperature: 0.5, top_p: 0.5, top_k: 3 };
    expect(translate(sampling, 'claude-sonnet-5').body).toMatchObject(sampling);
    const { body, dropped } = translate(sampling, 'claude-sonnet-5', true);
    expect(body).toEqual({ ...plain, model: 'claude-sonnet-5' });
    expect(dropped).toEqual(Object.keys(sampling));
  });
});

describe('tools', () => {
  const fn = { name: 'f', input_schema: schema };
  const empty = { type: 'object', properties: {} };

  it.each<[string, JsonObject, JsonObject]>([
    ['3.14 the schema stays whole', { tools: [tool('f')] }, { tools: [fn] }],
    [
      '3.14 descriptions',
      { tools: [tool('f', { description: 'F' }), tool('g', { description: null })] },
      {
        tools: [
          { ...fn, description: 'F' },
          { ...fn, name: 'g' },
        ],
      },
    ],
    [
      '3.14 no parameters',
      { tools: [{ type: 'function', function: { name: 'f' } }, tool('g', { parameters: null })] },
      {
        tools: [
          { name: 'f', input_schema: empty },
          { name: 'g', input_schema: empty },
        ],
      },
    ],
    [
      '3.14 a schema without type',
      { tools: [tool('f', { parameters: { anyOf: [{}] } })] },
      { tools: [{ name: 'f', input_schema: { type: 'object', anyOf: [{}] } }] },
    ],
    [
      'strict',
      { tools: [tool('f', { strict: true }), tool('g', { strict: null })] },
      {
        tools: [
          { ...fn, strict: true },
          { ...fn, name: 'g' },
        ],
      },
    ],
    [
      '3.27 cache_control',
      { tools: [{ ...tool('f'), cache_control: { type: 'ephemeral' } }] },
      { tools: [{ ...fn, cache_control: { type: 'ephemeral' } }] },
    ],
    ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: false }, {}],
    ['3.15 auto', { tools: [tool('f')], tool_choice: 'auto' }, { tools: [fn], tool_choice: { type: 'auto' } }],
    ['3.15 required', { tools: [tool('f')], tool_choice: 'required' }, { tools: [fn], tool_choice: { type: 'any' } }],
    [
      '3.15 none keeps the tools',
      { tools: [tool('f')], tool_choice: 'none' },
      { tools: [fn], tool_choice: { type: 'none' } },
    ],
    [
      '3.15 a function',
      { tools: [tool('f')], tool_choice: forced },
      { tools: [fn], tool_choice: { type: 'tool', name: 'f' } },
    ],
    [
      '3.15 allowed tools',
      {
        tools: [tool('f'), tool('g')],
        tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [forced] } },
      },
      { tools: [fn], tool_choice: { type: 'any' } },
    ],
    [
      '3.16 one call at a time, without a choice',
      { tools: [tool('f')], parallel_tool_calls: false },
      { tools: [fn], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ],
    [
      '3.16 one call at a time, with a choice',
      { tools: [tool('f')], parallel_tool_calls: false, tool_choice: 'required' },
      { tools: [fn], tool_choice: { type: 'any', disable_parallel_tool_use: true } },
    ],
    [
      '3.16 not with none',
      { tools: [tool('f')], parallel_tool_calls: false, tool_choice: 'none' },
      { tools: [fn], tool_choice: { type: 'none' } },
    ],
    ['3.16 true is the default', { tools: [tool('f')], parallel_tool_calls: true }, { tools: [fn] }],
    [
      'deprecated functions and function_call',
      { functions: [{ name: 'f', parameters: schema }], function_call: { name: 'f' } },
      { tools: [fn], tool_choice: { type: 'tool', name: 'f' } },
    ],
    [
      'deprecated function_call none',
      { functions: [{ name: 'f', parameters: schema }], function_call: 'none' },
      { tools: [fn], tool_choice: { type: 'none' } },
    ],
  ])('%s', (_, request, expected) => {
    expect(translate(request).body).toEqual({ ...plain, ...expected });
  });

  it('strict is left out for models that do not know it', () => {
    const { body, dropped } = translate({ tools: [tool('f', { strict: true })] }, 'claude-3-haiku-20240307');
    expect(body['tools']).toEqual([fn]);
    expect(dropped).toEqual(['tools.0.function.strict']);
  });

  it('3.15 calls in the history of a request without tools get definitions that are not to be used', () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'a', content: '1' },
    ];
    const { body } = translate({ messages });
    expect(body).toMatchObject({ tools: [{ name: 'f', input_schema: empty }], tool_choice: { type: 'none' } });
  });

  it.each<[string, JsonObject, string]>([
    ['a custom tool', { tools: [{ type: 'custom', custom: { name: 'c' } }] }, 'tools.0'],
    ['an unknown tool', { tools: [{ type: 'web_search' }] }, 'tools.0'],
    ['an unknown choice', { tools: [tool('f')], tool_choice: 'perhaps' }, 'tool_choice'],
    [
      'the choice of a custom tool',
      { tools: [tool('f')], tool_choice: { type: 'custom', custom: { name: 'c' } } },
      'tool_choice',
    ],
  ])('%s is refused, or left out with drop_params', (_, request, param) => {
    expect(refusal(() => translate(request))).toMatchObject({ code: 'dialect_unsupported', param });
    expect(translate(request, BUDGET_MODEL, true).dropped).toEqual([param]);
  });
});

describe('3.23 structured output', () => {
  it('is native where the model knows it', () => {
    const { body, jsonTool } = translate(jsonFormat());
    expect(body['output_config']).toEqual({
      format: { type: 'json_schema', schema: { ...schema, additionalProperties: false } },
    });
    expect(body).not.toHaveProperty('tools');
    expect(jsonTool).toBeUndefined();
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'a number',
      { type: 'integer', minimum: 0, maximum: 9 },
      { type: 'integer', description: 'minimum: 0; maximum: 9' },
    ],
    [
      'a string that is described',
      { type: 'string', description: 'A name', pattern: '^a', minLength: 1 },
      { type: 'string', description: 'A name\n\npattern: "^a"; minLength: 1' },
    ],
    ['a known format', { type: 'string', format: 'date' }, { type: 'string', format: 'date' }],
    ['another format', { type: 'string', format: 'phone' }, { type: 'string', description: 'format: "phone"' }],
    [
      'a list',
      { type: 'array', minItems: 1, maxItems: 3, items: { type: 'number', multipleOf: 2 } },
      {
        type: 'array',
        minItems: 1,
        items: { type: 'number', description: 'multipleOf: 2' },
        description: 'maxItems: 3',
      },
    ],
    ['a longer list', { type: 'array', minItems: 2 }, { type: 'array', description: 'minItems: 2' }],
    [
      'a choice',
      { oneOf: [{ type: 'string', maxLength: 2 }, { $ref: '#/$defs/x' }] },
      { anyOf: [{ type: 'string', description: 'maxLength: 2' }, { $ref: '#/$defs/x' }] },
    ],
    [
      'an open object',
      { type: ['object', 'null'], additionalProperties: { type: 'string' } },
      {
        type: ['object', 'null'],
        additionalProperties: false,
        description: 'additionalProperties: {"type":"string"}',
      },
    ],
    [
      'a name that is no name',
      { type: 'object', properties: { minimum: { type: 'string' } } },
      {
        type: 'object',
        properties: { minimum: { type: 'string' } },
        additionalProperties: false,
      },
    ],
  ])('moves what is not enforced into the description: %s', (_, inner, expected) => {
    const { body } = translate(
      jsonFormat({ type: 'object', $schema: 'x', properties: { a: inner }, $defs: { b: inner } }),
    );
    expect(body).toMatchObject({
      output_config: {
        format: {
          schema: { type: 'object', properties: { a: expected }, $defs: { b: expected }, additionalProperties: false },
        },
      },
    });
    expect(JSON.stringify(body)).not.toContain('$schema');
  });

  const OLD = 'claude-3-5-haiku-20241022';

  it('is a forced tool for older models', () => {
    const { body, jsonTool } = translate(jsonFormat(schema, { description: 'A place' }), OLD);
    expect(body).toMatchObject({
      tools: [{ name: 'json_response', description: 'A place', input_schema: schema }],
      tool_choice: { type: 'tool', name: 'json_response' },
    });
    expect(jsonTool).toBe('json_response');
  });

  it('lets older models choose between the client’s tools and the answer', () => {
    const { body, jsonTool } = translate(
      { ...jsonFormat(), tools: [tool('json_response')], parallel_tool_calls: false },
      OLD,
    );
    expect(body).toMatchObject({
      tools: [{ name: 'json_response' }, { name: 'json_response_2' }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    });
    expect(jsonTool).toBe('json_response_2');
  });

  it('lets a client that demands a call of its tools have it', () => {
    const { body, jsonTool } = translate({ ...jsonFormat(), tools: [tool('f')], tool_choice: 'required' }, OLD);
    expect(body).toMatchObject({ tools: [{ name: 'f' }], tool_choice: { type: 'any' } });
    expect(jsonTool).toBeUndefined();
  });

  it('is an instruction for an older model that thinks', () => {
    const { body, jsonTool } = translate({ ...jsonFormat(), reasoning_effort: 'low' }, 'claude-3-7-sonnet-20250219');
    expect(body['system']).toContain(JSON.stringify(schema));
    expect(body).toMatchObject({ thinking: { type: 'enabled' } });
    expect(jsonTool).toBeUndefined();
  });

  it('3.24 json_object is an instruction', () => {
    const messages = [
      { role: 'system', content: 'A' },
      { role: 'user', content: 'Hi' },
    ];
    const { body } = translate({ messages, response_format: { type: 'json_object' } });
    expect(body['system']).toEqual([
      { type: 'text', text: 'A' },
      { type: 'text', text: expect.stringContaining('JSON') as string },
    ]);
  });

  it('text is nothing, another format is refused', () => {
    expect(translate({ response_format: { type: 'text' } }).body).toEqual(plain);
    expect(refusal(() => translate({ response_format: { type: 'grammar' } }))).toMatchObject({
      code: 'dialect_unsupported',
      param: 'response_format',
    });
  });
});

describe('3.25 thinking', () => {
  const budget = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } });

  it.each<[string, JsonObject, JsonObject]>([
    ['minimal', { reasoning_effort: 'minimal' }, budget(1024)],
    ['low', { reasoning_effort: 'low' }, budget(1024)],
    ['medium', { reasoning_effort: 'medium' }, budget(2048)],
    ['none', { reasoning_effort: 'none' }, {}],
    ['high raises the limit', { reasoning_effort: 'high' }, { ...budget(4096), max_tokens: 8192 }],
    ['a small limit is raised', { reasoning_effort: 'low', max_tokens: 100 }, { ...budget(1024), max_tokens: 1124 }],
    ['a great limit stays', { reasoning_effort: 'low', max_tokens: 9000 }, { ...budget(1024), max_tokens: 9000 }],
    [
      '3.27 thinking as extension',
      { thinking: { type: 'enabled', budget_tokens: 5000 } },
      { ...budget(5000), max_tokens: 9096 },
    ],
    [
      'sampling that goes with it',
      { reasoning_effort: 'low', temperature: 1.5, top_p: 0.95 },
      { ...budget(1024), temperature: 1, top_p: 0.95 },
    ],
  ])('%s, with a budget', (_, request, expected) => {
    expect(translate(request).body).toEqual({ ...plain, ...expected });
  });

  it('leaves sampling out that does not go with it', () => {
    const { body, dropped } = translate({ reasoning_effort: 'low', temperature: 0, top_p: 0.9, top_k: 4 });
    expect(body).toEqual({ ...plain, ...budget(1024) });
    expect(dropped).toEqual(['temperature', 'top_p', 'top_k']);
  });

  it.each(['required', forced])('is switched off when a tool is forced: %j', (choice) => {
    const { body, dropped } = translate({
      reasoning_effort: 'low',
      temperature: 0,
      tools: [tool('f')],
      tool_choice: choice,
    });
    expect(body).not.toHaveProperty('thinking');
    expect(body['temperature']).toBe(0);
    expect(dropped).toEqual(['reasoning_effort']);
  });

  it('leaves an unknown effort out', () => {
    expect(translate({ reasoning_effort: 'heroic' })).toMatchObject({ body: plain, dropped: ['reasoning_effort'] });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'claude-opus-4-6',
      { reasoning_effort: 'medium' },
      { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } },
    ],
    [
      'claude-opus-4-6',
      { reasoning_effort: 'xhigh' },
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
    ],
    [
      'claude-opus-4-8',
      { reasoning_effort: 'xhigh' },
      { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } },
    ],
    [
      'claude-sonnet-5',
      { reasoning_effort: 'minimal' },
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    ],
    ['claude-opus-4-8', { reasoning_effort: 'none' }, {}],
    ['claude-sonnet-5', { reasoning_effort: 'none' }, { thinking: { type: 'disabled' } }],
    ['claude-opus-5-5', { reasoning_effort: 'none' }, { output_config: { effort: 'low' } }],
    ['claude-opus-5', { thinking: { type: 'adaptive' } }, { thinking: { type: 'adaptive' } }],
    [
      'claude-opus-5',
      { reasoning_effort: 'max', tools: [tool('f')], tool_choice: 'required' },
      {
        thinking: { type: 'disabled' },
        output_config: { effort: 'high' },
        tools: [{ name: 'f', input_schema: schema }],
        tool_choice: { type: 'any' },
      },
    ],
    [
      'claude-opus-4-6',
      { reasoning_effort: 'low', ...jsonFormat() },
      {
        thinking: { type: 'adaptive' },
        output_config: {
          effort: 'low',
          format: { type: 'json_schema', schema: { ...schema, additionalProperties: false } },
        },
      },
    ],
  ])('%s: %j', (model, request, expected) => {
    expect(translate(request, model).body).toEqual({ ...plain, model, ...expected });
  });
});

describe('malformed settings', () => {
  it.each<[JsonObject, string]>([
    [{ temperature: 'hot' }, 'temperature'],
    [{ stop: ['a', 1] }, 'stop.1'],
    [{ stop: {} }, 'stop'],
    [{ tools: {} }, 'tools'],
    [{ tools: [{ type: 'function' }] }, 'tools.0.function'],
    [{ tools: [tool('f', { parameters: 'x' })] }, 'tools.0.function.parameters'],
    [{ tools: [tool('')] }, 'tools.0.function.name'],
    [{ tool_choice: { type: 'function' } }, 'tool_choice.function'],
    [
      { tools: [tool('f')], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } } },
      'tool_choice.allowed_tools.tools',
    ],
    [{ function_call: 'maybe' }, 'function_call'],
    [{ response_format: 'json' }, 'response_format'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
    [jsonFormat('x' as never), 'response_format.json_schema.schema'],
    [{ thinking: true }, 'thinking'],
    [{ thinking: {} }, 'thinking.type'],
    [{ cache_control: 'on' }, 'cache_control'],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.tool_call_id'],
    [{ messages: [{ role: 'function', name: 'f', content: 'x' }] }, 'messages.0'],
    [{ messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }] }, 'messages.0.tool_calls.0.id'],
    [{ messages: [{ role: 'user', content: ['Hi'] }] }, 'messages.0.content.0'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
  ])('%j is refused by its path', (request, param) => {
    expect(refusal(() => translate(request))).toMatchObject({ code: 'invalid_request', param });
  });
});
