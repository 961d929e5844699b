import { z } from 'zod';

export const writeFileSchema = z
  .looseObject({
    path: z.string().describe('Where the file goes, relative to the base directory, such as `llm/2026-01-31/id.json`'),
    content: z.unknown().describe('A string is stored as its own text, anything else as JSON'),
    mode: z.enum(['async', 'sync']).default('async').describe('`sync` forces the file to disk before the answer'),
  })
  .refine((body) => body.content !== undefined, { path: ['content'], message: 'Required' })
  .meta({ example: { path: 'notes/hello.json', content: { hello: 'world' }, mode: 'sync' } });

export const listQuerySchema = z.object({
  prefix: z.string().max(1024).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(1024).default(''),
});
