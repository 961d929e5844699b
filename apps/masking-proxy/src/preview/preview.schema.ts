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
  .meta({ id: 'MaskRequest', example: { texts: ['Stop i-0123456789abcdef0 and tell alice@example.com'] } });

export type PreviewRequest = z.infer<typeof previewSchema>;

/** What the preview answers, for the documentation. */
export const previewReplySchema = z
  .object({
    results: z.array(
      z.object({
        masked: z.string().describe('The text as it would leave'),
        findings: z.array(
          z.object({
            kind: z.string().describe('What was found; docs/masking.md lists the kinds'),
            start: z.int().describe('Where it begins in the text that came, in UTF-16 units'),
            end: z.int().describe('Where it ends'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'MaskReply' });
