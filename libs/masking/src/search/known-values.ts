import { blankTokens } from '../tokens/token-format';
import { isAlphanumeric, isLeftBoundary } from '../detectors/boundaries';
import type { Finding } from '../detectors/detector';
import type { MaskKind } from '../kinds/kinds';

/** Kinds that are found by what stands around them, and so may stand elsewhere without being found. */
const FOUND_BY_CONTEXT: ReadonlySet<MaskKind> = new Set(['aws-arn', 'aws-account-id', 'aws-s3-bucket']);

/** A shorter word of letters alone is too common to be masked wherever it stands. */
const SHORTEST_WORD = 8;
const LETTERS_ONLY = /^[A-Za-z]+$/;

/** Values that are remembered; a body with more of them is no conversation. */
const MOST_VALUES = 256;

/**
 * Remembers what was found by its context, to find it again where it stands alone: the bucket of an `s3://` address
 * comes back as the plain argument of a tool. Values are known from the string in which they were found on, never
 * before: what a conversation has sent in an earlier turn must not change with a later one.
 */
export class KnownValues {
  private readonly kinds = new Map<string, MaskKind>();

  learn(kind: MaskKind, value: string): void {
    if (!FOUND_BY_CONTEXT.has(kind) || this.kinds.size >= MOST_VALUES) return;
    if (value.length < SHORTEST_WORD && LETTERS_ONLY.test(value)) return;
    this.kinds.set(value, kind);
  }

  /** Where known values stand in a text, each by itself and not inside a longer word. */
  find(text: string): Finding[] {
    if (this.kinds.size === 0) return [];
    const visible = blankTokens(text);
    const findings: Finding[] = [];
    for (const [value, kind] of this.kinds) {
      for (let start = visible.indexOf(value); start !== -1; start = visible.indexOf(value, start + 1)) {
        const end = start + value.length;
        if (isLeftBoundary(visible, start) && !isAlphanumeric(visible.charCodeAt(end))) {
          findings.push({ kind, start, end });
        }
      }
    }
    return findings;
  }
}
