import type { TextEdit } from '@sallyport/dialects';
import type { Finding } from '../detectors/detector';
import type { TokenGrants } from '../grants/token-grants';
import type { LedgerEntry } from '../ledger/ledger-entry';
import { decide, DecisionCounts, type MaskingPolicy } from '../policy/masking-policy';
import { KnownValues } from '../search/known-values';
import { resolveOverlaps } from '../search/resolve-overlaps';
import type { TextScanner } from '../search/text-scanner';
import type { BodyText } from './body-texts';
import { noteUrls } from './note-urls';

/** What masking a body needs besides the body. */
export interface MaskContext {
  readonly scanner: TextScanner;
  readonly policy: MaskingPolicy;
  readonly grants: TokenGrants;
  /** What texts of a model were before they were restored, by the text. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
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

  mask(text: BodyText): void {
    const entry = text.author === 'model' ? this.context.ledger.get(text.decoded) : undefined;
    if (entry === undefined) this.maskFindings(text);
    else this.repeat(text, entry);
  }

  private maskFindings(text: BodyText): void {
    const { scanner, policy, grants } = this.context;
    const { decoded } = text;
    const found = scanner.find(decoded, text.name);
    const known = this.known.find(decoded);
    const findings = known.length === 0 ? found : resolveOverlaps([...found, ...known]);
    for (const { kind, start, end } of findings) {
      const decision = decide(policy, kind);
      this.decisions.add(kind, decision);
      if (decision !== 'reversible' && decision !== 'one-way') continue;
      const value = decoded.slice(start, end);
      this.known.learn(kind, value);
      this.replace(text, start, end, grants.tokenFor(kind, value, decision === 'reversible'));
    }
    noteUrls(text, findings, grants);
  }

  /** Gives back what the model had written, to the letter. */
  private repeat(text: BodyText, entry: LedgerEntry): void {
    const { policy, grants } = this.context;
    const findings: Finding[] = [];
    for (const { kind, start, end, written } of entry) {
      const decision = decide(policy, kind);
      this.decisions.add(kind, decision);
      if (decision !== 'reversible') continue;
      const value = text.decoded.slice(start, end);
      grants.add(written.toUpperCase(), { kind, value, hosts: new Set() });
      this.known.learn(kind, value);
      this.replace(text, start, end, written);
      findings.push({ kind, start, end });
    }
    noteUrls(text, findings, grants);
  }

  private replace(text: BodyText, start: number, end: number, replacement: string): void {
    this.edits.push({ start: text.offsetOf(start), end: text.offsetOf(end), replacement });
  }
}
