import type { MaskKind } from '../kinds/kinds';
import type { SearchedText } from './searched-text';
import type { Span } from './span';

/** A stretch of a text that must not leave. */
export interface Finding extends Span {
  readonly kind: MaskKind;
}

/**
 * Finds one family of values in a decoded text. Implementations run in time linear in the text, whatever it holds:
 * patterns have bounded quantifiers and look around themselves instead of relying on `\b`, which knows no Hangul.
 */
export interface Detector {
  /** All kinds that its findings may have. */
  readonly kinds: readonly MaskKind[];
  /**
   * Lower-case ASCII. The detector runs only on texts that hold one of them in any case, and may ask where they stand.
   * Without keywords it runs on every text.
   */
  readonly keywords?: readonly string[];
  /** Findings in any order. Those of one detector may overlap; the search resolves it. */
  find(searched: SearchedText): Finding[];
}
