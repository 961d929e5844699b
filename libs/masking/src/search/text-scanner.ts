import type { Detector, Finding } from '../detectors/detector';
import { blankTokens } from '../tokens/token-format';
import { viewWithoutEscapes } from './escaped-view';
import { DigestCache } from './digest-cache';
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

/** A finding with the place of its detector in the list. */
interface PlacedFinding extends Finding {
  readonly place: number;
}

/** Names of members under which a value alone does not show what it is; all others add nothing to their value. */
const TELLING_NAME = new RegExp(
  [
    'pass|pwd|secret|token|key|cred|auth|cookie|sig|conn|dsn|sid',
    'bucket|account|acct|owner|user|host|server|addr|^ip|ip$|ip_',
    'zone|distribution|pool|registry|catalog|principal|master|admin|directory|api_?id|org|cluster|session',
    'phone|tel|mobile|fax|contact|card|iban|bank|ssn|social|rrn|brn|biz|business|licen[sc]e',
    '계정|계좌|은행|주민|외국인|법인|사업자|등록|번호|면허|여권|연락처|전화|휴대폰|핸드폰|팩스|비밀|암호',
  ].join('|'),
  'i',
);
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
  private readonly cache: DigestCache<readonly Finding[]>;

  constructor(private readonly options: TextScannerOptions) {
    for (const [place, { keywords }] of options.detectors.entries()) {
      for (const keyword of new Set(keywords)) this.users.set(keyword, [...(this.users.get(keyword) ?? []), place]);
    }
    this.keywords = new KeywordIndex(this.users.keys());
    this.cache = new DigestCache(options.cachedTexts);
  }

  /**
   * @param memberName name of the JSON member whose value the text is, when there is one: it may tell what the value is
   * @returns findings in ascending order and without overlaps. Strings that look like tokens are no part of any, so
   * masking a masked text changes nothing.
   */
  find(text: string, memberName?: string): readonly Finding[] {
    const name = tellingName(text, memberName);
    return this.cache.remembered(name === undefined ? text : `${name}\0${text}`, () => {
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
      for (const { place, kind, start, end } of this.searchOnce(view.text)) {
        found.push({ place, kind, start: view.originOf(start), end: view.originOf(end) });
      }
      // With or without escapes: the earlier detector names what two find.
      found.sort((a, b) => a.place - b.place);
    }
    return resolveOverlaps(found.map(({ kind, start, end }) => ({ kind, start, end })));
  }

  private searchOnce(text: string): PlacedFinding[] {
    const { detectors, allowed } = this.options;
    const searched = this.keywords.search(text);
    const due = new Set<number>();
    for (const keyword of searched.keywords) for (const place of this.users.get(keyword) ?? []) due.add(place);
    const found = detectors.flatMap((detector, place) =>
      detector.keywords === undefined || due.has(place)
        ? detector.find(searched).map((finding) => ({ place, ...finding }))
        : [],
    );
    return allowed === undefined ? found : found.filter(({ start, end }) => !allowed(text.slice(start, end)));
  }
}

function tellingName(text: string, memberName: string | undefined): string | undefined {
  if (memberName === undefined || memberName.length > LONGEST_NAME || text.length > LONGEST_VALUE) return undefined;
  return text.length > 0 && TELLING_NAME.test(memberName) ? memberName : undefined;
}
