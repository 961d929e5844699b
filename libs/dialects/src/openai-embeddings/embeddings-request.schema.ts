import { z } from 'zod';

const tokenIds = z.array(z.int().nonnegative()).min(1);

/**
 * What must be right in an embeddings request before it is routed. LangChain sends token ids in place of text.
 * Source: https://platform.openai.com/docs/api-reference/embeddings/create
 */
export const embeddingsRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    input: z
      .union([z.string(), z.array(z.string()).min(1), tokenIds, z.array(tokenIds).min(1)], {
        error: 'input must be a text, a list of texts, a list of token ids or a list of such lists',
      })
      .describe('A text, several texts, or the same as token ids'),
    encoding_format: z.enum(['float', 'base64']).nullish().describe('How the vectors are sent; `float` by default'),
    dimensions: z.int().positive().nullish().describe('Length of the vectors, for models that can shorten them'),
    user: z.string().nullish().describe('The end user, for the upstream’s abuse detection and for records'),
  })
  .meta({ id: 'EmbeddingRequest', example: { model: 'mock', input: 'Hello' } });
