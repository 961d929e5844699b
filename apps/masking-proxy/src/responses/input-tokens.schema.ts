import { z } from 'zod';

/**
 * A count of input tokens, for the documentation.
 * Source: https://platform.openai.com/docs/api-reference/responses/input-tokens
 */
export const inputTokensSchema = z
  .looseObject({ object: z.literal('response.input_tokens'), input_tokens: z.int() })
  .meta({ id: 'ResponseInputTokens', example: { object: 'response.input_tokens', input_tokens: 11 } });
