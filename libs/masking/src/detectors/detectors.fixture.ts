import type { MaskKind } from '../kinds/kinds';
import { named } from '../named-texts.fixture';
import { KeywordIndex } from '../search/keyword-index';
import { resolveOverlaps } from '../search/resolve-overlaps';
import { TextScanner } from '../search/text-scanner';
import type { Detector, Finding } from './detector';
import { DETECTORS } from './detectors';

const scanner = new TextScanner({ detectors: DETECTORS, cachedTexts: 0 });

/** What all detectors together find in a text, as `kind value`. */
export function findAll(text: string): string[] {
  return scanner.find(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

/** Indexes of the detectors that were searched with alone: to build one costs more than most searches with it. */
const indexes = new Map<Detector, KeywordIndex>();

function indexOf(detector: Detector): KeywordIndex {
  const { keywords = [] } = detector;
  const index = indexes.get(detector) ?? new KeywordIndex(keywords.length === 0 ? ['\0'] : keywords);
  indexes.set(detector, index);
  return index;
}

/** Findings of one detector alone. */
export function findingsOf(detector: Detector, text: string): Finding[] {
  const keywords = detector.keywords ?? [];
  const searched = indexOf(detector).search(text);
  if (keywords.length > 0 && !keywords.some((keyword) => searched.has(keyword))) return [];
  return resolveOverlaps(detector.find(searched));
}

/** A text without the marks « and », and what stood between them. */
function unmark(text: string): { readonly clean: string; readonly expected: readonly string[] } {
  return {
    clean: text.replaceAll(/[«»]/g, ''),
    expected: Array.from(text.matchAll(/«([^«»]*)»/g), (match) => match[1] as string),
  };
}

/** Tests that a detector finds what stands between « and » in each text, all of the kind, and nothing else. */
export function itFinds(detector: Detector, kind: MaskKind, texts: readonly string[]): void {
  it.each(named(texts))(`finds the ${kind} in %s`, (_name, text) => {
    const { clean, expected } = unmark(text);
    const found = findingsOf(detector, clean).map((finding) => [finding.kind, clean.slice(finding.start, finding.end)]);
    expect(found).toEqual(expected.map((value) => [kind, value]));
  });
}

/** Tests that all detectors together find nothing in the texts. */
export function itIgnores(texts: readonly string[]): void {
  it.each(named(texts))('finds nothing in %s', (_name, text) => {
    expect(findAll(text)).toEqual([]);
  });
}

const HOSTILE_LENGTH = 2 ** 18;
const HOSTILE_LIMIT_MS = 5_000;

/**
 * Tests that a search comes to an end on long texts of one thing repeated. A search of one pass takes a fiftieth of the
 * limit; one that begins anew at every occurrence takes many times the limit.
 *
 * @param search throws when what it found is too much
 */
export function itEndsOn(parts: readonly string[], search: (text: string) => void): void {
  it.each(parts)(
    'comes to an end on a long text of %j',
    async (part) => {
      search(part.repeat(Math.ceil(HOSTILE_LENGTH / part.length)));
      // The limit cannot interrupt a search; it acts once timers get their turn.
      await new Promise((resolve) => setTimeout(resolve));
    },
    HOSTILE_LIMIT_MS,
  );
}
