import { DigestCache } from '../cache/digest-cache';
import type { Detector, Finding } from '../detectors/detector';
import { BLANK_TOKEN, blankTokens } from '../tokens/token-format';
import { viewWithoutEscapes } from './escaped-view';
import { KeywordIndex } from './keyword-index';
import { resolveOverlaps } from './resolve-overlaps';
import { TextViewBuilder, type TextView } from './text-view';
import type { ValueLimit } from './value-limit';

/** What a scanner finds, and how much it remembers. */
interface TextScannerOptions {
  /** Where two find the same stretch the earlier one names it. */
  readonly detectors: readonly Detector[];
  /** Whether a value may leave although a detector found it. */
  readonly allowed?: ((value: string) => boolean) | undefined;
  /** How many texts' findings are remembered. */
  readonly cachedTexts: number;
  /** Unless given, a text may hold any number of values. */
  readonly limit?: ValueLimit;
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
/** Searches of one text; what the third one finds is rare, and random text rarely needs the second. */
const MOST_ROUNDS = 5;
/** Searching a shorter text is about as fast as looking it up. */
const SHORTEST_CACHED = 32;
const QUOTES = ['"', "'", '`'] as const;
/** What a {@link BLANK_TOKEN} consists of. */
const TOKEN_BLANK = '\0';
const LONGEST_NAME = 64;
/** A longer value is a text, which says itself what is in it. */
const LONGEST_VALUE = 512;

/**
 * Everything in a text that must not leave. The same text gives the same findings at any time, so a conversation's
 * history is masked to the same bytes turn after turn; findings are remembered by the digest of the text.
 */
export class TextScanner {
  private readonly keywords: KeywordIndex;
  /** Ranks of the detectors that declare a keyword. */
  private readonly users = new Map<string, number[]>();
  private readonly cache: DigestCache<readonly Finding[]>;

  constructor(private readonly options: TextScannerOptions) {
    for (const [rank, { keywords }] of options.detectors.entries()) {
      for (const keyword of new Set(keywords)) this.users.set(keyword, [...(this.users.get(keyword) ?? []), rank]);
    }
    this.keywords = new KeywordIndex(this.users.keys());
    this.cache = new DigestCache(options.cachedTexts, SHORTEST_CACHED);
  }

  /**
   * @param memberName name of the JSON member whose value the text is, when there is one: it may tell what the value is
   * @returns findings in ascending order and without overlaps. Strings that look like tokens are no part of any, so
   * masking a masked text changes nothing.
   * @throws SallyportError `invalid_request` when the text holds more values than a request may
   */
  find(text: string, memberName?: string): readonly Finding[] {
    const name = tellingName(text, memberName);
    return this.cache.remembered(name === undefined ? text : `${name}\0${text}`, () => {
      const found = this.search(text);
      return name === undefined ? found : resolveOverlaps([...found, ...this.searchMember(name, text)]);
    });
  }

  private searchMember(name: string, text: string): readonly Finding[] {
    // A quote of the value itself would end it.
    const quote = QUOTES.find((candidate) => !text.includes(candidate)) ?? '"';
    const head = `"${name}": ${quote}`;
    return this.search(`${head}${text}${quote}`)
      .filter(({ start, end }) => start >= head.length && end <= head.length + text.length)
      .map(({ kind, start, end }) => ({ kind, start: start - head.length, end: end - head.length }));
  }

  /**
   * What is masked changes what stands around the rest, so the text is searched again as it will read then, until
   * nothing more is found: a text that has been masked holds nothing to be masked.
   */
  private search(text: string): readonly Finding[] {
    const visible = blankTokens(text);
    let findings = this.searchAll(visible);
    this.options.limit?.checkText(visible, findings);
    for (let round = 1; round < MOST_ROUNDS; round += 1) {
      const view = viewAsMasked(visible, findings);
      const more = view === undefined ? [] : fromView(view, this.searchAll(view.text));
      if (more.length === 0) break;
      findings = resolveOverlaps(findings.concat(more));
    }
    return findings;
  }

  /** Searches a text as it is and with its escapes undone. */
  private searchAll(text: string): readonly Finding[] {
    let found = this.searchOnce(text);
    const view = viewWithoutEscapes(text);
    if (view !== undefined) {
      const unescaped = this.searchOnce(view.text);
      // With or without escapes: the earlier detector names what two find.
      found = found.map((findings, rank) => findings.concat(fromView(view, unescaped[rank] as Finding[])));
    }
    const findings = found.flat();
    return resolveOverlaps(
      text.includes(TOKEN_BLANK) ? findings.flatMap((finding) => outsideTokens(text, finding)) : findings,
    );
  }

  /** What each of the detectors finds. */
  private searchOnce(text: string): Finding[][] {
    const { detectors, allowed } = this.options;
    const searched = this.keywords.search(text);
    const due = new Set<number>();
    for (const keyword of searched.keywords) for (const rank of this.users.get(keyword) ?? []) due.add(rank);
    return detectors.map((detector, rank) => {
      const found = detector.keywords === undefined || due.has(rank) ? detector.find(searched) : [];
      return allowed === undefined ? found : found.filter(({ start, end }) => !allowed(text.slice(start, end)));
    });
  }
}

/** Findings in a view with their places in the text that came. */
function fromView({ isNear, originOf }: TextView, findings: readonly Finding[]): Finding[] {
  return findings
    .filter(({ start, end }) => isNear(start, end))
    .map(({ kind, start, end }) => ({ kind, start: originOf(start), end: originOf(end) }));
}

/** A finding without the tokens that stand in it: they are masked already. */
function outsideTokens(text: string, { kind, start, end }: Finding): Finding[] {
  const value = text.slice(start, end);
  if (!value.includes(TOKEN_BLANK)) return [{ kind, start, end }];
  return Array.from(value.matchAll(/[^\0]+/g), ({ 0: part, index }) => {
    return { kind, start: start + index, end: start + index + part.length };
  });
}

/** How a text reads once its findings are masked, near them; undefined when there are none. */
function viewAsMasked(text: string, findings: readonly Finding[]): TextView | undefined {
  const view = new TextViewBuilder(text);
  for (const { start, end } of findings) view.replace(start, end, BLANK_TOKEN);
  return view.finish();
}

function tellingName(text: string, memberName: string | undefined): string | undefined {
  if (memberName === undefined || memberName.length > LONGEST_NAME || text.length > LONGEST_VALUE) return undefined;
  return text.length > 0 && TELLING_NAME.test(memberName) ? memberName : undefined;
}
