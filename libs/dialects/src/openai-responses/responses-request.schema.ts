import { z } from 'zod';

const inputItem = z.looseObject({
  type: z.string().nullish().describe('Kind of item; a message when absent'),
  role: z.string().optional().describe('Who says it, for messages'),
});

/**
 * What must be right in a Responses request before it is routed; everything else passes as it is.
 * Source: https://platform.openai.com/docs/api-reference/responses/create
 */
export const responsesRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    input: z
      .union([z.string(), z.array(inputItem)])
      .nullish()
      .describe('A text of the user, or the conversation so far as a list of items'),
    instructions: z.string().nullish().describe('System text that stands before the conversation'),
    stream: z.boolean().nullish().describe('Whether the reply comes as server-sent events'),
    max_output_tokens: z.int().positive().nullish().describe('Limit of the reply in tokens, reasoning included'),
    temperature: z.number().nullish().describe('Randomness, from 0 to 2'),
    top_p: z.number().nullish().describe('Share of the probability mass to sample from, up to 1'),
    tools: z
      .array(z.looseObject({ type: z.string() }))
      .nullish()
      .describe('What the model may call'),
    tool_choice: z
      .union([z.string(), z.looseObject({ type: z.string() })])
      .nullish()
      .describe('`auto`, `none`, `required`, or the tool to call'),
    parallel_tool_calls: z.boolean().nullish().describe('Whether one turn may have several calls'),
    text: z
      .looseObject({ format: z.looseObject({ type: z.string() }).nullish() })
      .nullish()
      .describe('Form of the answer, such as a JSON schema in `format`'),
    reasoning: z
      .looseObject({ effort: z.string().nullish(), summary: z.string().nullish() })
      .nullish()
      .describe('How much the model thinks, and whether it tells'),
    previous_response_id: z
      .string()
      .nullish()
      .describe('Response to carry on from, where the upstream keeps responses'),
    store: z.boolean().nullish().describe('Whether the upstream keeps the response'),
    background: z.boolean().nullish().describe('Whether the upstream answers later, where it can'),
    metadata: z.record(z.string(), z.unknown()).nullish().describe('Notes of the client, kept with the response'),
    user: z.string().nullish().describe('End user on whose behalf the call is made'),
  })
  .meta({ example: { model: 'mock', input: 'Hello' } });
