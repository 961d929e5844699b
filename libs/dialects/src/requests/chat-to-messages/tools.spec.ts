import type { JsonObject } from '../../json/json-value';
import { refusal } from '../refusal.fixture';
import { BUDGET_MODEL, forced, plain, schema, tool, translate } from './settings.fixture';

describe('tools', () => {
  const fn = { name: 'f', input_schema: schema };
  const empty = { type: 'object', properties: {} };

  it.each<[string, JsonObject, JsonObject]>([
    ['the schema stays whole', { tools: [tool('f')] }, { tools: [fn] }],
    [
      'descriptions',
      { tools: [tool('f', { description: 'F' }), tool('g', { description: null })] },
      {
        tools: [
          { ...fn, description: 'F' },
          { ...fn, name: 'g' },
        ],
      },
    ],
    [
      'no parameters',
      { tools: [{ type: 'function', function: { name: 'f' } }, tool('g', { parameters: null })] },
      {
        tools: [
          { name: 'f', input_schema: empty },
          { name: 'g', input_schema: empty },
        ],
      },
    ],
    [
      'a schema without type',
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
      'cache_control',
      { tools: [{ ...tool('f'), cache_control: { type: 'ephemeral' } }] },
      { tools: [{ ...fn, cache_control: { type: 'ephemeral' } }] },
    ],
    ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: false }, {}],
    ['auto', { tools: [tool('f')], tool_choice: 'auto' }, { tools: [fn], tool_choice: { type: 'auto' } }],
    ['required', { tools: [tool('f')], tool_choice: 'required' }, { tools: [fn], tool_choice: { type: 'any' } }],
    [
      'none keeps the tools',
      { tools: [tool('f')], tool_choice: 'none' },
      { tools: [fn], tool_choice: { type: 'none' } },
    ],
    [
      'a function',
      { tools: [tool('f')], tool_choice: forced },
      { tools: [fn], tool_choice: { type: 'tool', name: 'f' } },
    ],
    [
      'allowed tools',
      {
        tools: [tool('f'), tool('g')],
        tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [forced] } },
      },
      { tools: [fn], tool_choice: { type: 'any' } },
    ],
    [
      'one call at a time, without a choice',
      { tools: [tool('f')], parallel_tool_calls: false },
      { tools: [fn], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ],
    [
      'one call at a time, with a choice',
      { tools: [tool('f')], parallel_tool_calls: false, tool_choice: 'required' },
      { tools: [fn], tool_choice: { type: 'any', disable_parallel_tool_use: true } },
    ],
    [
      'not with none',
      { tools: [tool('f')], parallel_tool_calls: false, tool_choice: 'none' },
      { tools: [fn], tool_choice: { type: 'none' } },
    ],
    ['true is the default', { tools: [tool('f')], parallel_tool_calls: true }, { tools: [fn] }],
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

  it('calls in the history of a request without tools get definitions that are not to be used', () => {
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
    [
      'allowed tools that are none',
      { tools: [tool('f')], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } } },
      'tool_choice',
    ],
    [
      'a tool that is not there',
      { tools: [tool('f')], tool_choice: { type: 'function', function: { name: 'g' } } },
      'tool_choice',
    ],
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
