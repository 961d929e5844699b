import { z } from 'zod';

/** What is known of a moderation request. Source: https://platform.openai.com/docs/api-reference/moderations/create */
export const moderationsRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    input: z
      .union([z.string(), z.array(z.string()), z.array(z.looseObject({ type: z.string() }))])
      .describe('A text, several texts, or parts such as images'),
  })
  .meta({ id: 'ModerationRequest', example: { model: 'mock', input: 'Hello' } });

export const moderationsReplySchema = z
  .looseObject({
    id: z.string(),
    model: z.string(),
    results: z.array(z.looseObject({ flagged: z.boolean() })),
  })
  .meta({
    id: 'Moderation',
    example: { id: 'modr-1', model: 'mock', results: [{ flagged: false, categories: {}, category_scores: {} }] },
  });
