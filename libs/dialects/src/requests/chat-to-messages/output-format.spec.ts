import type { JsonObject } from '../../json/json-value';
import { refusal } from '../refusal.fixture';
import { jsonFormat, plain, schema, tool, translate } from './settings.fixture';

describe('structured output', () => {
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

  it('json_object is an instruction', () => {
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
