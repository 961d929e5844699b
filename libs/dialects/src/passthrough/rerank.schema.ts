import { z } from 'zod';

/** What is known of a rerank request. Source: https://docs.cohere.com/reference/rerank */
export const rerankRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    query: z.string().min(1).describe('What the documents are compared with'),
    documents: z
      .array(z.union([z.string(), z.looseObject({})]))
      .min(1)
      .describe('Texts to be put in order'),
    top_n: z.int().positive().nullish().describe('Most documents to return'),
  })
  .meta({
    id: 'RerankRequest',
    example: { model: 'mock', query: 'What is a sally port?', documents: ['A guarded entry', 'A ship'] },
  });

export const rerankReplySchema = z
  .looseObject({
    id: z.string().optional(),
    results: z.array(z.looseObject({ index: z.int(), relevance_score: z.number() })),
  })
  .meta({ id: 'Ranking', example: { id: 'rerank-1', results: [{ index: 0, relevance_score: 0.98 }] } });
