import { z } from 'zod';

const tokenIds = z.array(z.int().nonnegative());

/**
 * What must be right in a completion request before it is routed.
 * Source: https://platform.openai.com/docs/api-reference/completions/create
 */
export const completionsRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    prompt: z
      .union([z.string(), z.array(z.string()), tokenIds, z.array(tokenIds)])
      .nullish()
      .describe('A text, several texts, or the same as token ids'),
    stream: z.boolean().nullish().describe('Whether the reply comes as server-sent events'),
    max_tokens: z.int().nonnegative().nullish().describe('Most tokens that may be written'),
    n: z.int().positive().nullish().describe('Completions for each prompt'),
    temperature: z.number().nullish().describe('Randomness, from 0 to 2'),
    top_p: z.number().nullish().describe('Share of probability that tokens are taken from'),
    stop: z
      .union([z.string(), z.array(z.string())])
      .nullish()
      .describe('Texts at which writing ends'),
    suffix: z.string().nullish().describe('What follows behind the completion'),
    echo: z.boolean().nullish().describe('Whether the prompt is repeated'),
    user: z.string().nullish().describe('The end user, for the upstream’s abuse detection and for records'),
  })
  .meta({ id: 'CompletionRequest', example: { model: 'mock', prompt: 'Once upon a time', max_tokens: 64 } });
