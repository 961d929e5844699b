import { z } from 'zod';

const contentPart = z.looseObject({ type: z.string().describe('`text`, `image_url`, `input_audio`, `file` …') });

const chatMessage = z.looseObject({
  role: z.string().describe('`system`, `developer`, `user`, `assistant` or `tool`'),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
});

/**
 * What must be right in a chat completion request before it is routed. Everything else passes as it is: the upstream
 * knows its own parameters better. Source: https://platform.openai.com/docs/api-reference/chat/create
 */
export const chatRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    messages: z.array(chatMessage).min(1).describe('The conversation so far'),
    stream: z.boolean().nullish().describe('Whether the reply comes as server-sent events'),
    stream_options: z
      .looseObject({ include_usage: z.boolean().nullish().describe('Whether a last chunk tells the token counts') })
      .nullish(),
    n: z.int().positive().nullish().describe('Choices to write'),
    max_tokens: z.int().positive().nullish().describe('Most tokens that may be written; the older name'),
    max_completion_tokens: z.int().positive().nullish().describe('Most tokens that may be written, reasoning included'),
    temperature: z.number().nullish().describe('Randomness, from 0 to 2'),
    top_p: z.number().nullish().describe('Share of probability that tokens are taken from'),
    stop: z
      .union([z.string(), z.array(z.string())])
      .nullish()
      .describe('Texts at which writing ends'),
    tools: z
      .array(z.looseObject({ type: z.string() }))
      .nullish()
      .describe('Functions that the model may call'),
    user: z.string().nullish().describe('The end user, for the upstream’s abuse detection and for records'),
  })
  .meta({
    id: 'ChatCompletionRequest',
    example: { model: 'mock', messages: [{ role: 'user', content: 'Hello' }], stream: false },
  });
