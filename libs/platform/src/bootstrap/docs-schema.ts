import type { SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

/**
 * A Zod schema as the JSON Schema of OpenAPI 3.1, where Nest would write limits in the way of 3.0. A schema whose
 * metadata hold an `id` becomes a component of that name.
 */
export const toJsonSchema: NonNullable<SwaggerDocumentOptions['standardSchemaConverter']> = (value, { schemaType }) => {
  if (!(value instanceof z.ZodType)) return undefined;
  const { $schema: _dialect, $defs = {}, ...schema } = z.toJSONSchema(value, { io: schemaType });
  return { schema, components: $defs };
};
