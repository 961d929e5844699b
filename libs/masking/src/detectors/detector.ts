/**
 * Names of what is masked. They are a public contract: findings, metrics and policies carry them, and a name once
 * given is never reused for something else.
 */
export const MASK_KINDS = [
  'aws-resource-id',
  'aws-arn',
  'aws-account-id',
  'aws-s3-bucket',
  'aws-access-key-id',
  'email',
] as const;

export type MaskKind = (typeof MASK_KINDS)[number];

/** A stretch of a text that must not leave; offsets count UTF-16 units, `end` is exclusive. */
export interface Finding {
  readonly kind: MaskKind;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds one family of values in a decoded text. Implementations run in time linear in the text, whatever it holds:
 * patterns have bounded quantifiers and look around themselves instead of relying on `\b`, which knows no Hangul.
 */
export interface Detector {
  readonly kind: MaskKind;
  /** Findings in ascending order, without overlaps among themselves. */
  find(text: string): Finding[];
}
