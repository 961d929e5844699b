import { JsonDepthError, parseJsonTree, type JsonNode } from '@sallyport/dialects';
import type { Author, PositionTable } from '../positions/position-table';
import { walkPositions, type VisitedPosition } from '../positions/walk-positions';
import { forEachString, JsonLiteral, type LiteralSpan } from './json-literal';

/**
 * The line by which Claude Code names itself as the first system block, such as
 * `x-anthropic-billing-header: cc_version=2.1.0; cc_entrypoint=cli;`. The provider checks it, so it stays; anything
 * that is not exactly of this form is text like any other.
 */
const ATTRIBUTION = /^x-anthropic-billing-header:[\w .;=-]{0,256}$/;

/** A string of a body in which text lives, at whatever depth of JSON inside JSON. */
export interface BodyText {
  readonly decoded: string;
  readonly author: Author;
  /** Name of the member whose value it is, when it is the value of one. */
  readonly name: string | undefined;
  /** Where a character of {@link decoded} stands in the body; also for the offset at its end. */
  readonly offsetOf: (index: number) => number;
}

/** All texts of a body at the positions of a table, in the order of the body. */
export function textsOf(body: string, root: JsonNode, table: PositionTable): BodyText[] {
  const texts: BodyText[] = [];
  walkPositions(body, root, table, (visited) => collect(body, visited, texts));
  return texts;
}

function collect(body: string, { node, action, author, name }: VisitedPosition, texts: BodyText[]): void {
  const add = (span: LiteralSpan, member: string | undefined): void => {
    const literal = new JsonLiteral(body, span);
    texts.push({ decoded: literal.decoded, author, name: member, offsetOf: (index) => literal.offsetOf(index) });
  };
  if (action === 'data') return forEachString(body, node, name, add);
  const literal = new JsonLiteral(body, node);
  if (action === 'json') collectInner(literal, author, name, texts);
  else if (action !== 'attribution' || !ATTRIBUTION.test(literal.decoded)) add(node, name);
}

/** A string that holds JSON is taken string by string inside; one that does not parse is a text as a whole. */
function collectInner(outer: JsonLiteral, author: Author, name: string | undefined, texts: BodyText[]): void {
  const tree = parseOrUndefined(outer.decoded);
  const offsetOf = (index: number): number => outer.offsetOf(index);
  if (tree === undefined) {
    texts.push({ decoded: outer.decoded, author, name, offsetOf });
    return;
  }
  forEachString(outer.decoded, tree, undefined, (span, member) => {
    const inner = new JsonLiteral(outer.decoded, span);
    const { decoded } = inner;
    texts.push({ decoded, author, name: member, offsetOf: (index) => outer.offsetOf(inner.offsetOf(index)) });
  });
}

function parseOrUndefined(text: string): JsonNode | undefined {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonDepthError) return undefined;
    throw error;
  }
}
