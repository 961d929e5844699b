import { z } from 'zod';

/** One text or many; exactly one of the two fields. */
export const previewSchema = z
  .object({
    text: z.string().optional(),
    texts: z.array(z.string()).optional(),
  })
  .refine(({ text, texts }) => (text === undefined) !== (texts === undefined), {
    message: 'give either "text" or "texts"',
    path: ['texts'],
  })
  .meta({ example: { texts: ['Stop i-0123456789abcdef0 and tell alice@example.com'] } });

export type PreviewRequest = z.infer<typeof previewSchema>;
