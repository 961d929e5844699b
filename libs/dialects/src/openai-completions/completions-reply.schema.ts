import { z } from 'zod';

/** A completion, for the documentation. */
export const completionsReplySchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('text_completion'),
    created: z.int().describe('Seconds since the epoch'),
    model: z.string(),
    choices: z.array(
      z.looseObject({
        index: z.int(),
        text: z.string(),
        finish_reason: z.string().nullable(),
        logprobs: z.looseObject({}).nullish(),
      }),
    ),
    usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }).optional(),
  })
  .meta({
    id: 'Completion',
    example: {
      id: 'cmpl-1',
      object: 'text_completion',
      created: 1_790_000_000,
      model: 'mock',
      choices: [{ index: 0, text: ' there was a king.', finish_reason: 'stop', logprobs: null }],
      usage: { prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 },
    },
  });
