import { isObject, type JsonObject } from '../../json/json-value';

/** Keywords that Anthropic enforces or that enforce nothing. */
const KEPT = new Set([
  'title',
  'description',
  'type',
  'enum',
  'const',
  'default',
  'required',
  '$ref',
  'additionalProperties',
]);
/** Keywords that neither enforce anything nor tell the model something. */
const SILENT = new Set(['$schema', '$id', '$comment', '$anchor']);
const SCHEMA_MAPS = new Set(['properties', '$defs', 'definitions']);
const SCHEMA_LISTS = new Set(['anyOf', 'oneOf', 'allOf']);
const FORMATS = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']);

/**
 * Fits a JSON schema for structured output to what Anthropic enforces: a keyword that it refuses moves into the
 * description of its sub-schema, where the model reads it, and every object is closed.
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function outputSchema(schema: JsonObject): JsonObject {
  const kept: [string, unknown][] = [];
  const told: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    const fitted = fit(keyword, value);
    if (fitted !== undefined) kept.push(fitted);
    else if (!SILENT.has(keyword)) told.push(`${keyword}: ${JSON.stringify(value)}`);
  }
  const result: JsonObject = Object.fromEntries(kept);
  if (isObjectSchema(schema)) {
    const open = schema['additionalProperties'];
    if (open !== undefined && open !== false) told.push(`additionalProperties: ${JSON.stringify(open)}`);
    result['additionalProperties'] = false;
  }
  return told.length === 0 ? result : { ...result, description: describe(schema['description'], told) };
}

/** @returns the keyword as it is sent; undefined when it is not enforced */
function fit(keyword: string, value: unknown): [string, unknown] | undefined {
  // fromEntries takes every name as a name, `__proto__` included.
  if (SCHEMA_MAPS.has(keyword) && isObject(value)) {
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, subSchema(schema)]))];
  }
  // Anthropic knows no oneOf: for the model, any of them is the same.
  if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) {
    return [keyword === 'oneOf' ? 'anyOf' : keyword, value.map(subSchema)];
  }
  if (keyword === 'items' && isObject(value)) return [keyword, outputSchema(value)];
  if (keyword === 'minItems' && (value === 0 || value === 1)) return [keyword, value];
  if (keyword === 'format' && typeof value === 'string' && FORMATS.has(value)) return [keyword, value];
  return KEPT.has(keyword) ? [keyword, value] : undefined;
}

function subSchema(schema: unknown): unknown {
  return isObject(schema) ? outputSchema(schema) : schema;
}

function isObjectSchema({ type, properties }: JsonObject): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || isObject(properties);
}

function describe(description: unknown, told: readonly string[]): string {
  const constraints = told.join('; ');
  return typeof description === 'string' && description !== '' ? `${description}\n\n${constraints}` : constraints;
}
