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
export const writtenFileSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  mode: z.enum(['async', 'sync']),
  created: z.boolean().meta({ description: 'False when the file was there already, with the same content' }),
});

export type WrittenFile = Readonly<z.infer<typeof writtenFileSchema>>;

/** One page of files. */
export const filePageSchema = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.int(), modified_at: z.iso.datetime() })).readonly(),
  next_cursor: z.string().nullable().meta({ description: 'Asks for the next page; null at the end' }),
});

export type FilePage = Readonly<z.infer<typeof filePageSchema>>;
