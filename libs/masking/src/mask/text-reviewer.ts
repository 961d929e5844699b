import { DigestCache } from '../cache/digest-cache';
import type { Finding } from '../detectors/detector';
import { repeatsOf, type KnownValues } from '../search/known-values';
import { resolveOverlaps } from '../search/resolve-overlaps';
import type { TextScanner } from '../search/text-scanner';
import { hostsInText, type HostInText } from '../urls/hosts-in-text';
import type { BodyText } from './body-texts';

/** Everything that is to be known of a text before it is masked. */
export interface TextReview {
  /** In ascending order, without overlaps. */
  readonly findings: readonly Finding[];
  readonly hosts: readonly HostInText[];
}

/**
 * Reviews the texts of bodies. What came of a text is remembered together with what was known when it was reviewed, so
 * the history of a conversation is neither searched nor decoded again in its next turn.
 */
export class TextReviewer {
  private readonly reviews: DigestCache<TextReview>;

  /** @param cachedTexts how many reviews are remembered */
  constructor(
    private readonly scanner: TextScanner,
    cachedTexts: number,
  ) {
    this.reviews = new DigestCache(cachedTexts);
  }

  /**
   * Reviews one text of a body.
   *
   * @param known what earlier texts of the body made known; an id is reviewed without it
   */
  review(text: BodyText, known: KnownValues): TextReview {
    const state = text.isId ? '' : known.state;
    return this.reviews.remembered(`${state}\0${text.name ?? ''}\0${text.written}`, () => {
      const found = this.scanner.find(text.decoded, text.name);
      const again = text.isId ? [] : [...known.find(text.decoded, found), ...repeatsOf(text.decoded, found)];
      const findings = again.length === 0 ? found : resolveOverlaps([...found, ...again]);
      return { findings, hosts: hostsInText(text.decoded, findings) };
    });
  }
}
