import { z } from 'zod';

const toolCall = z.looseObject({
  id: z.string(),
  type: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string().describe('JSON') }).optional(),
});

/** A chat completion, for the documentation. */
export const chatReplySchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int().describe('Seconds since the epoch'),
    model: z.string(),
    choices: z.array(
      z.looseObject({
        index: z.int(),
        finish_reason: z.string().nullable().describe('`stop`, `length`, `tool_calls` or `content_filter`'),
        message: z.looseObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullish(),
          tool_calls: z.array(toolCall).optional(),
        }),
      }),
    ),
    usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }).optional(),
  })
  .meta({
    id: 'ChatCompletion',
    example: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'mock',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello', refusal: null } }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    },
  });
