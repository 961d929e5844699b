import type { Detector } from '../detector';

/** Secrets that their own structure gives away. In the order of their precedence. */
export const STRUCTURED_SECRETS: readonly Detector[] = [];

/** Secrets that only the name or header in front of them gives away. In the order of their precedence. */
export const NAMED_SECRETS: readonly Detector[] = [];
