import { z } from 'zod';
import { responsesRequestSchema } from './responses-request.schema';

const accepts = (request: object): boolean => responsesRequestSchema.safeParse(request).success;

describe('responsesRequestSchema', () => {
  it.each<[string, object]>([
    ['a text', { input: 'Hello' }],
    ['an empty text', { input: '' }],
    ['no model, as the path or a default may name it', { model: undefined, input: 'Hi' }],
    [
      'items with and without a type',
      {
        input: [
          { role: 'user', content: 'Hi' },
          { type: 'function_call', name: 'f' },
        ],
      },
    ],
    ['a reference without a type', { input: [{ type: null, id: 'msg_1' }] }],
    ['no input, with a prompt', { prompt: { id: 'pmpt_1' } }],
    ['null wherever the API allows it', { input: 'Hi', instructions: null, tools: null, text: null, reasoning: null }],
    ['fields that it does not know', { input: 'Hi', later: { deep: [1] } }],
  ])('accepts %s', (_, request) => {
    expect(accepts({ model: 'm', ...request })).toBe(true);
  });

  it.each<[string, object]>([
    ['an empty model', { model: '' }],
    ['a number as input', { input: 7 }],
    ['an item that is no object', { input: ['Hi'] }],
    ['a stream flag that is no flag', { stream: 'yes' }],
    ['a limit that is not positive', { max_output_tokens: 0 }],
    ['a temperature that is no number', { temperature: '1' }],
    ['tools that are no list', { tools: {} }],
    ['instructions that are no text', { instructions: [] }],
  ])('refuses %s', (_, change) => {
    expect(accepts({ model: 'm', input: 'Hi', ...change })).toBe(false);
  });

  it('keeps what it does not know', () => {
    const request = { model: 'm', input: [{ type: 'reasoning', id: 'rs_1', later: 1 }], later: true };
    expect(responsesRequestSchema.parse(request)).toEqual(request);
  });

  it('has an example that it accepts, and can be written as JSON schema', () => {
    const { example, properties } = z.toJSONSchema(responsesRequestSchema);
    expect(example).toEqual({ model: 'mock', input: 'Hello' });
    expect(responsesRequestSchema.safeParse(example).success).toBe(true);
    expect(properties).toHaveProperty('input');
  });
});
