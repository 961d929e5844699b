import type { JsonObject } from '../../json/json-value';
import { forced, jsonFormat, plain, schema, tool, translate } from './settings.fixture';

describe('thinking', () => {
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
      'thinking as extension',
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
