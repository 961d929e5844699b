import { z } from 'zod';

const contentPart = z.looseObject({ type: z.string() });

const chatMessage = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
});

/**
 * What must be right in a chat completion request before it is routed. Everything else passes as it is: the upstream
 * knows its own parameters better. Source: https://platform.openai.com/docs/api-reference/chat/create
 */
export const chatRequestSchema = z
  .looseObject({
    model: z.string().min(1).describe('Model or model group, as listed by /v1/models'),
    messages: z.array(chatMessage).min(1),
    stream: z.boolean().nullish(),
    n: z.int().positive().nullish(),
    max_tokens: z.int().positive().nullish(),
    max_completion_tokens: z.int().positive().nullish(),
    temperature: z.number().nullish(),
    top_p: z.number().nullish(),
    tools: z.array(z.looseObject({ type: z.string() })).nullish(),
    user: z.string().nullish(),
  })
  .meta({ example: { model: 'mock', messages: [{ role: 'user', content: 'Hello' }], stream: false } });
