import { z } from 'zod';

/** An Anthropic message, for the documentation. */
export const messagesReplySchema = z
  .looseObject({
    id: z.string(),
    type: z.literal('message'),
    role: z.literal('assistant'),
    model: z.string(),
    content: z.array(z.looseObject({ type: z.string().describe('`text`, `thinking`, `tool_use` …') })),
    stop_reason: z
      .string()
      .nullable()
      .describe('`end_turn`, `max_tokens`, `stop_sequence`, `tool_use`, `pause_turn` or `refusal`'),
    stop_sequence: z.string().nullable(),
    usage: z.looseObject({
      input_tokens: z.int().describe('Without those that were read from or written to a prompt cache'),
      output_tokens: z.int(),
    }),
  })
  .meta({
    id: 'Message',
    example: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'mock',
      content: [{ type: 'text', text: 'Hello' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  });

/** The answer to a request to count tokens, for the documentation. */
export const countTokensReplySchema = z
  .looseObject({ input_tokens: z.int().describe('Tokens of system, messages and tools') })
  .meta({ id: 'TokenCount', example: { input_tokens: 8 } });
