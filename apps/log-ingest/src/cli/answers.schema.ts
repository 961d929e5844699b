import { z } from 'zod';

const namedRecord = z.object({ call_id: z.string(), name: z.string(), date: z.string() });

/** Answers of the apps' APIs for operators, as far as the commands use them. */
export const ledgerPageSchema = z.object({
  entries: z.array(z.object({ call_id: z.string(), name: z.string(), sha256: z.string(), waiting: z.boolean() })),
  next: z.string().nullable(),
  complete: z.boolean(),
});

export const queuedPageSchema = z.object({
  batches: z.array(z.object({ records: z.array(namedRecord) })),
  next: z.number().nullable(),
});

export const deadLetterPageSchema = z.object({
  total: z.number(),
  dead_letters: z.array(namedRecord.extend({ id: z.string(), reason: z.string(), at: z.string() })),
  next: z.number().nullable(),
});

export const replayAnswerSchema = z.object({
  replayed: z.number(),
  retried_batches: z.number(),
  dead_letters: z.number(),
  next: z.number().nullable(),
});
