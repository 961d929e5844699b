import { wholeAndStreamed, type ConformanceCase } from '../conformance-case';
import type { JsonSchema } from '../question';

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'its name' },
    districts: { type: 'array', items: { $ref: '#/$defs/district' } },
  },
  required: ['city', 'districts'],
  additionalProperties: false,
  $defs: {
    district: {
      type: 'object',
      properties: { name: { type: 'string' }, kind: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
      required: ['name', 'kind'],
      additionalProperties: false,
    },
  },
};
const OBJECT = { city: 'Zürich', districts: [{ name: 'Altstadt', kind: 'old' }] };

export const OBJECT_CASES: readonly ConformanceCase[] = wholeAndStreamed(
  'answers in the shape that is asked for',
  async (cell, stream) => {
    cell.says({ text: JSON.stringify(OBJECT).match(/.{1,9}/gu) ?? [] });
    expect((await cell.ask({ text: 'Which city?', schema: SCHEMA, stream })).object).toEqual(OBJECT);
    expect(cell.asked).toMatchObject([{ schema: SCHEMA, tools: [] }]);
  },
  { streamNeeds: ['streamed-object'] },
);
