import { z } from 'zod';

/** A failure in OpenAI's form, for the documentation. */
export const openAiErrorSchema = z
  .looseObject({
    error: z.looseObject({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable().describe('The field that is wrong, such as `messages.0.content`'),
      code: z.string().nullable().describe('One of the codes in docs/errors.md, or the upstream’s own'),
    }),
  })
  .meta({
    id: 'OpenAiError',
    example: { error: { message: 'Send an API key', type: 'authentication_error', param: null, code: 'missing_key' } },
  });

/** A failure in Anthropic's form, for the documentation. */
export const anthropicErrorSchema = z
  .looseObject({
    type: z.literal('error'),
    error: z.looseObject({ type: z.string(), message: z.string() }),
    request_id: z.string().nullable(),
  })
  .meta({
    id: 'AnthropicError',
    example: {
      type: 'error',
      error: { type: 'authentication_error', message: 'Send an API key' },
      request_id: 'req-1',
    },
  });
