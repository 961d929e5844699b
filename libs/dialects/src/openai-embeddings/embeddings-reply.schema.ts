import { z } from 'zod';

/** An embeddings reply, for the documentation. */
export const embeddingsReplySchema = z
  .looseObject({
    object: z.literal('list'),
    model: z.string(),
    data: z.array(
      z.looseObject({
        object: z.literal('embedding'),
        index: z.int(),
        embedding: z
          .union([z.array(z.number()), z.string()])
          .describe('Numbers, or base64 of 32-bit floats in little-endian order'),
      }),
    ),
    usage: z.looseObject({ prompt_tokens: z.int(), total_tokens: z.int() }),
  })
  .meta({
    id: 'EmbeddingList',
    example: {
      object: 'list',
      model: 'mock',
      data: [{ object: 'embedding', index: 0, embedding: [0.6, -0.8] }],
      usage: { prompt_tokens: 1, total_tokens: 1 },
    },
  });
