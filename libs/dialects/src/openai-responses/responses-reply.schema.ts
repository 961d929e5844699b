import { z } from 'zod';

/** A response of the Responses API, for the documentation. */
export const responsesReplySchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('response'),
    created_at: z.number().describe('Seconds since the epoch'),
    status: z.string().describe('`completed`, `incomplete`, `failed` …'),
    model: z.string(),
    output: z.array(z.looseObject({ type: z.string().describe('`message`, `reasoning`, `function_call` …') })),
    usage: z.looseObject({ input_tokens: z.int(), output_tokens: z.int(), total_tokens: z.int() }).nullish(),
  })
  .meta({
    id: 'Response',
    example: {
      id: 'resp_1',
      object: 'response',
      created_at: 1_790_000_000,
      status: 'completed',
      model: 'mock',
      output: [
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
        },
      ],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  });

/** A conversation that the Responses API has shortened, for the documentation. */
export const compactedResponseSchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('response.compaction'),
    created_at: z.number().describe('Seconds since the epoch'),
    output: z.array(z.looseObject({ type: z.string() })).describe('Items that stand for the whole conversation'),
  })
  .meta({ id: 'CompactedResponse' });
