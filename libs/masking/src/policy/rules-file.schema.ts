import { z } from 'zod';
import { POLICY_ACTIONS } from './masking-policy';

const LONGEST_PATTERN = 1000;

const ruleSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes'),
  pattern: z.string().min(1).max(LONGEST_PATTERN),
  group: z.int().min(0).max(99).default(0),
  keywords: z
    .array(z.string().regex(/^[\x20-\x7e]{2,64}$/, 'must be 2 to 64 ASCII characters'))
    .max(64)
    .default([]),
  action: z.enum(POLICY_ACTIONS).default('reversible'),
});

/** What `MASKING_RULES_FILE` holds: rules of one's own, and values that may leave although a detector finds them. */
export const rulesFileSchema = z.strictObject({
  rules: z.array(ruleSchema).max(200).default([]),
  allow: z
    .strictObject({
      values: z.array(z.string().min(1)).max(10_000).default([]),
      patterns: z.array(z.string().min(1).max(LONGEST_PATTERN)).max(200).default([]),
    })
    .default({ values: [], patterns: [] }),
});

export type RulesFile = z.infer<typeof rulesFileSchema>;
