/** One position of a request body: a body that carries a value there, and nowhere else. */
export interface LeakPosition {
  readonly name: string;
  readonly body: (value: string) => object;
}

export const json = (value: unknown): string => JSON.stringify(value);

export const USER = { role: 'user', content: 'hello' };

/** A JSON schema with the value in all places where a schema has text. */
export const SCHEMA = (value: string): object => ({
  type: 'object',
  description: value,
  properties: {
    a: { type: 'string', description: value, default: value, examples: [value] },
    b: { enum: [value, 'x'], items: { const: value }, anyOf: [{ description: value }] },
  },
  $defs: { type: { description: value } },
});
