import { z } from 'zod';

/** Models in OpenAI's form, for the documentation. */
export const openAiModelSchema = z.looseObject({
  id: z.string().describe('What requests name as their model'),
  object: z.literal('model'),
  created: z.int().describe('Seconds since the epoch; the same for all models'),
  owned_by: z.string(),
});

export const openAiModelListSchema = z.looseObject({
  object: z.literal('list'),
  data: z.array(openAiModelSchema),
});

/** Models in Anthropic's form, for the documentation. */
export const anthropicModelSchema = z.looseObject({
  type: z.literal('model'),
  id: z.string().describe('What requests name as their model'),
  display_name: z.string(),
  created_at: z.string().describe('RFC 3339; the same for all models'),
});

export const anthropicModelPageSchema = z.looseObject({
  data: z.array(anthropicModelSchema),
  has_more: z.boolean().describe('Whether there are more models in the direction of the page'),
  first_id: z.string().nullable().describe('Cursor for `before_id`'),
  last_id: z.string().nullable().describe('Cursor for `after_id`'),
});
