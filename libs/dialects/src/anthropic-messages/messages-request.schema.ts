import { z } from 'zod';

const contentBlock = z.looseObject({ type: z.string().describe('`text`, `image`, `document`, `tool_result` …') });

/** What a request says of its conversation, whether it is to be answered or only counted. */
const conversation = {
  messages: z
    .array(
      z.looseObject({
        role: z.string().describe('`user`, `assistant` or `system`'),
        content: z.union([z.string(), z.array(contentBlock)]),
      }),
    )
    .min(1)
    .describe('The conversation so far'),
  system: z
    .union([z.string(), z.array(contentBlock)])
    .nullish()
    .describe('What stands before the conversation'),
  tools: z
    // Anthropic's own tools need no name: some are known by their type, some stand for many.
    .array(z.looseObject({ name: z.string().optional() }))
    .nullish()
    .describe('Tools that the model may call'),
};
const EXAMPLE = { model: 'mock', messages: [{ role: 'user', content: 'Hello' }] };

/**
 * What must be right in a Messages request before it is routed; everything else passes as it is.
 * Source: https://docs.anthropic.com/en/api/messages
 */
export const messagesRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    ...conversation,
    max_tokens: z.int().positive().nullish().describe('Most tokens that may be written'),
    stream: z.boolean().nullish().describe('Whether the reply comes as server-sent events'),
    temperature: z.number().nullish().describe('Randomness, from 0 to 1'),
    top_p: z.number().nullish().describe('Share of probability that tokens are taken from'),
    stop_sequences: z.array(z.string()).nullish().describe('Texts at which writing ends'),
  })
  .meta({ id: 'MessageRequest', example: { ...EXAMPLE, max_tokens: 256 } });

/**
 * What must be right in a request to count tokens.
 * Source: https://docs.anthropic.com/en/api/messages-count-tokens
 */
export const countTokensRequestSchema = z
  .looseObject({ model: z.string().min(1).describe('Model or model group, as listed by /v1/models'), ...conversation })
  .meta({ id: 'CountTokensRequest', example: EXAMPLE });
