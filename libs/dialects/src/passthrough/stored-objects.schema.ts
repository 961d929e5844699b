import { z } from 'zod';

/** A file that an upstream keeps, for the documentation. */
export const storedFileSchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('file'),
    bytes: z.int(),
    created_at: z.int().describe('Seconds since the epoch'),
    filename: z.string(),
    purpose: z.string(),
  })
  .meta({ id: 'StoredFile' });

/** What is known of a request for a batch. Source: https://platform.openai.com/docs/api-reference/batch/create */
export const batchRequestSchema = z
  .looseObject({
    input_file_id: z.string().min(1).describe('A file of requests that was uploaded before'),
    endpoint: z.string().min(1).describe('Such as `/v1/chat/completions`'),
    completion_window: z.string().describe('`24h`'),
  })
  .meta({
    id: 'BatchRequest',
    example: { input_file_id: 'file-abc123', endpoint: '/v1/chat/completions', completion_window: '24h' },
  });

export const batchSchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('batch'),
    endpoint: z.string(),
    input_file_id: z.string(),
    status: z.string(),
  })
  .meta({ id: 'Batch' });

/** What is left of something that was deleted, for the documentation. */
export const deletedSchema = z
  .looseObject({ id: z.string(), object: z.string(), deleted: z.boolean() })
  .meta({ id: 'Deleted' });

/** One page of what an upstream keeps, for the documentation. */
export const pageSchema = z
  .looseObject({
    object: z.literal('list'),
    data: z.array(z.looseObject({})),
    has_more: z.boolean().optional(),
  })
  .meta({ id: 'Page' });
