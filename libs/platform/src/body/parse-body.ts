import type { z } from 'zod';
import { invalidRequest } from './schema-validation.pipe';

/**
 * Checks a value that no route decorator can check, such as one whose schema depends on the request.
 *
 * @returns the value as the schema types it
 * @throws SallyportError `invalid_request` that names the first wrong field
 */
export function parseBody<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(result.error.issues);
  return result.data;
}
