import { z } from 'zod';

const contentBlock = z.looseObject({ type: z.string() });

/**
 * What must be right in a Messages request before it is routed; everything else passes as it is.
 * Source: https://docs.anthropic.com/en/api/messages
 */
export const messagesRequestSchema = z
  .looseObject({
    model: z.string().min(1).describe('Model or model group, as listed by /v1/models'),
    messages: z
      .array(z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(contentBlock)]) }))
      .min(1),
    max_tokens: z.int().positive().optional(),
    system: z.union([z.string(), z.array(contentBlock)]).optional(),
    stream: z.boolean().optional(),
    temperature: z.number().optional(),
    top_p: z.number().optional(),
    stop_sequences: z.array(z.string()).optional(),
    tools: z.array(z.looseObject({ name: z.string() })).optional(),
  })
  .meta({ example: { model: 'mock', max_tokens: 256, messages: [{ role: 'user', content: 'Hello' }] } });
