import type { FieldsShape } from './position-table';

/**
 * JSON Schema inside a request: descriptions, defaults, examples and constants are text; what links the schema to
 * itself or to names of properties is kept. Under `properties` the names are the tool's, not keywords.
 */
export const JSON_SCHEMA_SHAPES = {
  schema: {
    fields: {
      type: 'word',
      properties: '@schemaMap',
      patternProperties: '@schemaMap',
      dependentSchemas: '@schemaMap',
      $defs: '@schemaMap',
      definitions: '@schemaMap',
      default: 'data',
      const: 'data',
      enum: 'data',
      example: 'data',
      examples: 'data',
    },
    kept: { required: 'name', dependentRequired: 'name', $ref: 'name', $dynamicRef: 'name' },
    rest: '@schema',
  },
  schemaMap: { fields: {}, rest: '@schema' },
} as const satisfies Record<string, FieldsShape>;
