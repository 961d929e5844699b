import { z } from 'zod';
import { dayOfName } from '../storage/day';

export const writeFileSchema = z
  .object({
    path: z.string(),
    /** Any JSON value. A text is stored as it is, anything else as the JSON text that was sent. */
    content: z.unknown(),
    mode: z.enum(['async', 'sync']).optional(),
  })
  .refine((body) => 'content' in body && body.content !== undefined, { message: 'is required', path: ['content'] })
  .meta({ example: { path: '2026-11-21/example.json', content: { hello: 'world' }, mode: 'sync' } });

export type WriteFileRequest = z.infer<typeof writeFileSchema>;

const MAX_PAGE = 1_000;

export const listFilesSchema = z.object({
  prefix: z.string().default(''),
  date: z
    .string()
    .refine((date) => dayOfName(date) !== undefined, { message: 'must be a day as YYYY-MM-DD' })
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
  cursor: z.string().optional(),
});

/** Answer to a write. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly mode: 'async' | 'sync';
  /** False when the file was there already, with the same content. */
  readonly created: boolean;
}
