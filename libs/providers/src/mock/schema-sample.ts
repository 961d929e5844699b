import { isObject, type JsonObject } from '@sallyport/dialects';

const MAX_DEPTH = 8;

/** A value that fits a JSON schema of the usual kind: its required fields, each with the simplest thing allowed. */
export function sampleOf(schema: JsonObject, depth = 0): unknown {
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options) && isObject(options[0])) return sampleOf(options[0], depth + 1);
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [];
  return type === 'null' ? null : objectSample(schema, depth);
}

function objectSample(schema: JsonObject, depth: number): JsonObject {
  const { required, properties } = schema;
  if (depth > MAX_DEPTH || !Array.isArray(required) || !isObject(properties)) return {};
  const names = required.filter((name): name is string => typeof name === 'string');
  return Object.fromEntries(
    names.map((name) => {
      const property = properties[name];
      return [name, isObject(property) ? sampleOf(property, depth + 1) : {}];
    }),
  );
}
