import type { Detector, Finding } from '../detectors/detector';
import { blankTokens } from '../tokens/token-format';
import { viewWithoutEscapes } from './escaped-view';
import { FindingsCache } from './findings-cache';
import { KeywordIndex } from './keyword-index';
import { resolveOverlaps } from './resolve-overlaps';

export interface TextScannerOptions {
  /** Where two find the same stretch the earlier one names it. */
  readonly detectors: readonly Detector[];
  /** Whether a value may leave although a detector found it. */
  readonly allowed?: ((value: string) => boolean) | undefined;
  /** How many texts' findings are remembered. */
  readonly cachedTexts: number;
}

/** Names of members under which a value alone does not show what it is; all others add nothing to their value. */
const TELLING_NAME =
  /pass|pwd|secret|token|key|cred|auth|cookie|bucket|account|acct|owner|계정|계좌|주민|면허|여권|user|host|conn|dsn|ssn|social|rrn|license|licence|passport|phone|tel|mobile|card|iban|business|사업자|등록|번호|sid|signature|sig/i;
const LONGEST_NAME = 64;
/** A longer value is a text, which says itself what is in it. */
const LONGEST_VALUE = 512;

/**
 * Everything in a text that must not leave. The same text gives the same findings at any time, so a conversation's
 * history is masked to the same bytes turn after turn; findings are remembered by the digest of the text.
 */
export class TextScanner {
  private readonly keywords: KeywordIndex;
  /** Detectors that declare a keyword, by their places in the list. */
  private readonly users = new Map<string, number[]>();
  private readonly cache: FindingsCache;

  constructor(private readonly options: TextScannerOptions) {
    for (const [place, { keywords }] of options.detectors.entries()) {
      for (const keyword of new Set(keywords)) this.users.set(keyword, [...(this.users.get(keyword) ?? []), place]);
    }
    this.keywords = new KeywordIndex(this.users.keys());
    this.cache = new FindingsCache(options.cachedTexts);
  }

  /**
   * @param memberName name of the JSON member whose value the text is, when there is one: it may tell what the value is
   * @returns findings in ascending order and without overlaps. Strings that look like tokens are no part of any, so
   * masking a masked text changes nothing.
   */
  find(text: string, memberName?: string): readonly Finding[] {
    const name = tellingName(text, memberName);
    return this.cache.findings(name === undefined ? text : `${name}\0${text}`, () => {
      const found = this.search(text);
      return name === undefined ? found : resolveOverlaps([...found, ...this.searchMember(name, text)]);
    });
  }

  private searchMember(name: string, text: string): Finding[] {
    const head = `"${name}": "`;
    return this.search(`${head}${text}"`)
      .filter(({ start, end }) => start >= head.length && end <= head.length + text.length)
      .map(({ kind, start, end }) => ({ kind, start: start - head.length, end: end - head.length }));
  }

  private search(text: string): Finding[] {
    const visible = blankTokens(text);
    const found = this.searchOnce(visible);
    const view = viewWithoutEscapes(visible);
    if (view !== undefined) {
      for (const { kind, start, end } of this.searchOnce(view.text)) {
        found.push({ kind, start: view.originOf(start), end: view.originOf(end) });
      }
    }
    return resolveOverlaps(found);
  }

  private searchOnce(text: string): Finding[] {
    const { detectors, allowed } = this.options;
    const searched = this.keywords.search(text);
    const due = new Set<number>();
    for (const keyword of searched.keywords) for (const place of this.users.get(keyword) ?? []) due.add(place);
    const found = detectors
      .filter(({ keywords }, place) => keywords === undefined || due.has(place))
      .flatMap((detector) => detector.find(searched));
    return allowed === undefined ? found : found.filter(({ start, end }) => !allowed(text.slice(start, end)));
  }
}

function tellingName(text: string, memberName: string | undefined): string | undefined {
  if (memberName === undefined || memberName.length > LONGEST_NAME || text.length > LONGEST_VALUE) return undefined;
  return text.length > 0 && TELLING_NAME.test(memberName) ? memberName : undefined;
}
