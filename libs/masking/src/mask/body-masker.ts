import type { TextEdit } from '@sallyport/dialects';
import type { TokenGrants } from '../grants/token-grants';
import { valueAt, type LedgerEntry } from '../ledger/ledger-entry';
import { decide, DecisionCounts, type MaskingPolicy } from '../policy/masking-policy';
import { KnownValues } from '../search/known-values';
import type { ValueLimit } from '../search/value-limit';
import { hostsInText } from '../urls/hosts-in-text';
import type { BodyText } from './body-texts';
import type { TextReview, TextReviewer } from './text-reviewer';

/** What masking a body needs besides the body. */
interface MaskContext {
  readonly reviewer: TextReviewer;
  readonly policy: MaskingPolicy;
  readonly grants: TokenGrants;
  /** What texts of a model were before they were restored, by the text. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
  readonly limit: ValueLimit;
}

/**
 * Collects the edits that mask one body. Only the characters of a finding are replaced and tokens need no escape at
 * any depth, so all other bytes stay: key order, duplicate keys, number lexemes, escapes and white space.
 */
export class BodyMasker {
  /** Edits of the body so far, in the order of its text. */
  readonly edits: TextEdit[] = [];
  readonly decisions = new DecisionCounts();
  private readonly known = new KnownValues();

  constructor(private readonly context: MaskContext) {}

  /**
   * Masks the next text of the body.
   *
   * @throws SallyportError `invalid_request` as soon as the body holds more distinct values than the limit
   */
  mask(text: BodyText): void {
    const { ledger } = this.context;
    const entry = text.author === 'model' && ledger.size > 0 ? ledger.get(text.decoded) : undefined;
    if (entry === undefined) this.maskFindings(text);
    else this.repeat(text, entry);
  }

  private maskFindings(text: BodyText): void {
    const { reviewer, policy, grants, limit } = this.context;
    const review = reviewer.review(text, this.known);
    for (const { kind, start, end } of review.findings) {
      const decision = decide(policy, kind);
      this.decisions.add(kind, decision);
      if (decision !== 'reversible' && decision !== 'one-way') continue;
      const value = text.decoded.slice(start, end);
      const before = grants.valueCount;
      this.replace(text, start, end, grants.tokenFor(kind, value, decision === 'reversible'));
      if (grants.valueCount === before) continue;
      this.known.learn(kind, value);
      limit.check(grants.valueCount);
    }
    this.noteHosts(text, review);
  }

  /** Gives back what the model had written, to the letter. */
  private repeat(text: BodyText, entry: LedgerEntry): void {
    const { policy, grants } = this.context;
    const places = entry.filter(({ kind }) => decide(policy, kind) === 'reversible');
    for (const place of places) {
      const { kind, start, end, written } = place;
      this.decisions.add(kind, 'reversible');
      const value = valueAt(text.decoded, place);
      grants.add(written.toUpperCase(), { kind, value, hosts: new Set() });
      this.known.learn(kind, value);
      this.replace(text, start, end, written);
    }
    this.noteHosts(text, { findings: places, hosts: hostsInText(text.decoded, places) });
  }

  /** A reply may send a value to a host that the client named, or back to where it came from, but to no other. */
  private noteHosts(text: BodyText, { findings, hosts }: TextReview): void {
    const { grants } = this.context;
    for (const { host, carried } of hosts) {
      if (text.author === 'client') grants.trustHost(host);
      for (const index of carried) {
        const { kind, start, end } = findings[index] as TextReview['findings'][number];
        grants.noteHost(kind, text.decoded.slice(start, end), host);
      }
    }
  }

  private replace(text: BodyText, start: number, end: number, replacement: string): void {
    this.edits.push({ start: text.offsetOf(start), end: text.offsetOf(end), replacement });
  }
}
