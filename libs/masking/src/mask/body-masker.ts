import { JsonDepthError, parseJsonTree, type JsonNode, type TextEdit } from '@sallyport/dialects';
import type { MaskKind } from '../detectors/detector';
import { findAll, resolveOverlaps } from '../detectors/find-all';
import { KnownValues } from '../detectors/known-values';
import type { Action } from '../positions/position-table';
import type { TokenGrants } from '../tokens/token-grants';
import { forEachString, JsonLiteral, type LiteralSpan } from './json-literal';

/**
 * The line by which Claude Code names itself as the first system block, such as
 * `x-anthropic-billing-header: cc_version=2.1.0; cc_entrypoint=cli;`. The provider checks it, so it stays; anything
 * that is not exactly of this form is text like any other.
 */
const ATTRIBUTION = /^x-anthropic-billing-header:[\w .;=-]{0,256}$/;

/**
 * Collects the edits that mask one body. Only the characters of a finding are replaced and tokens need no escape at
 * any depth, so all other bytes stay: key order, duplicate keys, number lexemes, escapes and white space.
 */
export class BodyMasker {
  /** Edits of the body so far, in the order of its text. */
  readonly edits: TextEdit[] = [];
  readonly counts = new Map<MaskKind, number>();
  private readonly known = new KnownValues();

  constructor(
    private readonly body: string,
    private readonly grants: TokenGrants,
  ) {}

  visit(node: JsonNode, action: Exclude<Action, 'keep'>): void {
    if (action === 'json') this.maskJson(new JsonLiteral(this.body, node));
    else if (action === 'data') forEachString(this.body, node, (span) => this.maskString(span));
    else {
      const literal = new JsonLiteral(this.body, node);
      if (action === 'attribution' && ATTRIBUTION.test(literal.decoded)) return;
      this.maskLiteral(literal, (index) => literal.offsetOf(index));
    }
  }

  private maskString(span: LiteralSpan): void {
    const literal = new JsonLiteral(this.body, span);
    this.maskLiteral(literal, (index) => literal.offsetOf(index));
  }

  /** A string that holds JSON is masked string by string inside; one that does not parse is masked as text. */
  private maskJson(outer: JsonLiteral): void {
    const tree = parseOrUndefined(outer.decoded);
    if (tree === undefined) return this.maskLiteral(outer, (index) => outer.offsetOf(index));
    forEachString(outer.decoded, tree, (span) => {
      const inner = new JsonLiteral(outer.decoded, span);
      this.maskLiteral(inner, (index) => outer.offsetOf(inner.offsetOf(index)));
    });
  }

  /** @param offsetOf where a character of the decoded literal stands in the body */
  private maskLiteral({ decoded }: JsonLiteral, offsetOf: (index: number) => number): void {
    for (const { kind, start, end } of resolveOverlaps([...findAll(decoded), ...this.known.find(decoded)])) {
      const value = decoded.slice(start, end);
      this.known.learn(kind, value);
      const replacement = this.grants.tokenFor(kind, value);
      this.edits.push({ start: offsetOf(start), end: offsetOf(end), replacement });
      this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    }
  }
}

function parseOrUndefined(text: string): JsonNode | undefined {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonDepthError) return undefined;
    throw error;
  }
}
