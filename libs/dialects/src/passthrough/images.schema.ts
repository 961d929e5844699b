import { z } from 'zod';

/** What is known of an image request. Source: https://platform.openai.com/docs/api-reference/images/create */
export const imagesRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    prompt: z.string().min(1).describe('What the image shows'),
    n: z.int().positive().nullish().describe('Images to make'),
    size: z.string().nullish().describe('Such as `1024x1024`'),
    stream: z.boolean().nullish().describe('Whether the reply comes as server-sent events'),
  })
  .meta({ id: 'ImageRequest', example: { model: 'mock', prompt: 'A sally port in the evening sun' } });

export const imagesReplySchema = z
  .looseObject({
    created: z.int().describe('Seconds since the epoch'),
    data: z.array(z.looseObject({ url: z.string().optional(), b64_json: z.string().optional() })),
  })
  .meta({ id: 'ImageList', example: { created: 1_790_000_000, data: [{ b64_json: 'iVBORw0KGgo=' }] } });
