import type { JsonNode } from '@sallyport/dialects';
import { forEachString, JsonLiteral, type LiteralSpan } from '../json/json-literal';
import { parseOrUndefined } from '../json/parse-or-undefined';
import type { Author, PositionTable } from '../positions/position-table';
import { walkPositions, type VisitedPosition } from '../positions/walk-positions';

/**
 * The line by which Claude Code names itself as the first system block, such as
 * `x-anthropic-billing-header: cc_version=2.1.0; cc_entrypoint=cli;`. The provider checks it, so it stays; anything
 * that is not exactly of this form is text like any other.
 */
const ATTRIBUTION = /^x-anthropic-billing-header:[\w .;=-]{0,256}$/;

/** A word that the protocol may use; no value that a detector finds is of this form. */
const WORD = /^[a-z]{1,24}(?:_[a-z]{1,24}){0,6}$/;

/** What providers make ids of; no address, name or sentence is of this form. */
const REFERENCE = /^[A-Za-z0-9_.:/=-]{1,256}$/;

/** What is said of a text beside what it says itself. */
interface TextRole {
  readonly author: Author;
  /** Name of the member whose value it is, when it is the value of one. */
  readonly name: string | undefined;
  /**
   * Whether it ties parts of the body together. Then it must be judged by itself alone, without values that are known
   * from elsewhere in the body, or its two ends would not agree.
   */
  readonly isId: boolean;
}

/** A string of a body in which text lives, at whatever depth of JSON inside JSON. */
export class BodyText {
  readonly author: Author;
  readonly name: string | undefined;
  readonly isId: boolean;

  /** @param outer the literal that holds the JSON in which the text stands, when that is not the body itself */
  constructor(
    private readonly literal: JsonLiteral,
    { author, name, isId }: TextRole,
    private readonly outer?: JsonLiteral,
  ) {
    this.author = author;
    this.name = name;
    this.isId = isId;
  }

  get decoded(): string {
    return this.literal.decoded;
  }

  /** The text as its own JSON has it: it tells texts apart without decoding them. */
  get written(): string {
    return this.literal.written;
  }

  /** Where a character of {@link decoded} stands in the body; also for the offset at its end. */
  offsetOf(index: number): number {
    const offset = this.literal.offsetOf(index);
    return this.outer === undefined ? offset : this.outer.offsetOf(offset);
  }
}

/**
 * All texts of a body at the positions of a table, in the order of the body.
 *
 * @throws SallyportError `invalid_request` when something stands where the table refuses it
 */
export function textsOf(body: string, root: JsonNode, table: PositionTable): BodyText[] {
  const texts: BodyText[] = [];
  walkPositions(body, root, table, (visited) => collect(body, visited, texts));
  return texts;
}

function collect(body: string, { node, action, author, name }: VisitedPosition, texts: BodyText[]): void {
  const add = (span: LiteralSpan, member: string | undefined, isId = false): void => {
    texts.push(new BodyText(new JsonLiteral(body, span), { author, name: member, isId }));
  };
  if (action === 'data') return forEachString(body, node, name, (span, member) => add(span, member));
  if (action === 'text') return add(node, name);
  const literal = new JsonLiteral(body, node);
  if (action === 'json') collectInner(literal, author, name, texts);
  else if (action === 'attribution') {
    if (!ATTRIBUTION.test(literal.decoded)) add(node, name);
  } else if (!stays(action, literal.decoded)) add(node, undefined, true);
}

function stays(action: 'id' | 'word' | 'reference', value: string): boolean {
  return (action === 'word' && WORD.test(value)) || (action === 'reference' && REFERENCE.test(value));
}

/** A string that holds JSON is taken string by string inside; one that does not parse is a text as a whole. */
function collectInner(outer: JsonLiteral, author: Author, name: string | undefined, texts: BodyText[]): void {
  const tree = parseOrUndefined(outer.decoded);
  if (tree === undefined) {
    texts.push(new BodyText(outer, { author, name, isId: false }));
    return;
  }
  forEachString(outer.decoded, tree, undefined, (span, member) => {
    texts.push(new BodyText(new JsonLiteral(outer.decoded, span), { author, name: member, isId: false }, outer));
  });
}
