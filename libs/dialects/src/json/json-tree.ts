/** A value of a JSON text together with the place where it stands: `text.slice(start, end)` is its literal. */
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonStringNode | JsonScalarNode;

interface JsonSpan {
  /** Offset of the first UTF-16 unit of the literal. */
  readonly start: number;
  /** Offset behind the last UTF-16 unit of the literal. */
  end: number;
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

/** Members in the order of the text; a key that occurs twice is listed twice. */
export interface JsonObjectNode extends JsonSpan {
  readonly type: 'object';
  readonly members: JsonMember[];
}

export interface JsonArrayNode extends JsonSpan {
  readonly type: 'array';
  readonly items: JsonNode[];
}

/** A string literal; `start` and `end` include its quotes. */
export interface JsonStringNode extends JsonSpan {
  readonly type: 'string';
}

/** A number, `true`, `false` or `null`: kept as the text has it. */
export interface JsonScalarNode extends JsonSpan {
  readonly type: 'scalar';
}

/** Containers around a value that the wire formats never come near; deeper bodies are refused. */
export const MAX_JSON_DEPTH = 512;

/** The text nests deeper than the limit of {@link parseJsonTree}. */
export class JsonDepthError extends Error {
  constructor(readonly limit: number) {
    super(`JSON is nested deeper than ${limit} levels`);
    this.name = 'JsonDepthError';
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

/**
 * Locates every value of a JSON text by offset, so that single literals can be replaced and all the rest kept byte
 * for byte. Works without recursion, so hostile nesting cannot exhaust the stack.
 *
 * @param text a JSON text (RFC 8259)
 * @param maxDepth how many containers may enclose a value
 * @returns the root value with the offsets of everything inside it
 * @throws SyntaxError when `text` is not valid JSON
 * @throws JsonDepthError when it nests deeper than `maxDepth`
 */
export function parseJsonTree(text: string, maxDepth = MAX_JSON_DEPTH): JsonNode {
  // The engine's own parser decides what is valid; the walk below may then trust the grammar.
  JSON.parse(text);
  return new TreeBuilder(text, maxDepth).build();
}

class TreeBuilder {
  private readonly open: (JsonObjectNode | JsonArrayNode)[] = [];
  private root: JsonNode | undefined;
  private key: string | undefined;

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  build(): JsonNode {
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      if (unit <= SPACE || unit === COMMA || unit === COLON) at += 1;
      else if (unit === QUOTE) at = this.string(at);
      else if (unit === OPEN_BRACE) at = this.enter({ type: 'object', start: at, end: at, members: [] });
      else if (unit === OPEN_BRACKET) at = this.enter({ type: 'array', start: at, end: at, items: [] });
      else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) at = this.leave(at);
      else at = this.scalar(at);
    }
    return this.root as JsonNode;
  }

  private enter(node: JsonObjectNode | JsonArrayNode): number {
    if (this.open.length >= this.maxDepth) throw new JsonDepthError(this.maxDepth);
    this.place(node);
    this.open.push(node);
    return node.start + 1;
  }

  private leave(at: number): number {
    const node = this.open.pop() as JsonNode;
    node.end = at + 1;
    return node.end;
  }

  private string(start: number): number {
    const end = endOfString(this.text, start);
    const parent = this.open.at(-1);
    if (parent?.type === 'object' && this.key === undefined) {
      this.key = JSON.parse(this.text.slice(start, end)) as string;
    } else {
      this.place({ type: 'string', start, end });
    }
    return end;
  }

  private scalar(start: number): number {
    let end = start;
    while (end < this.text.length && !isDelimiter(this.text.charCodeAt(end))) end += 1;
    this.place({ type: 'scalar', start, end });
    return end;
  }

  private place(node: JsonNode): void {
    const parent = this.open.at(-1);
    if (parent === undefined) this.root = node;
    else if (parent.type === 'array') parent.items.push(node);
    else {
      parent.members.push({ key: this.key as string, value: node });
      this.key = undefined;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let close = text.indexOf('"', start + 1); ; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return close + 1;
  }
}

function isDelimiter(unit: number): boolean {
  return unit <= SPACE || unit === COMMA || unit === CLOSE_BRACE || unit === CLOSE_BRACKET;
}

/**
 * Finds a member of an object.
 *
 * @returns the last member with that key, the one `JSON.parse` would keep, or undefined when `node` is no object or
 * has no such member
 */
export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.type === 'object' ? node.members.findLast((member) => member.key === key)?.value : undefined;
}

/** Decodes a string node of `text`; undefined for any other node. */
export function stringOf(text: string, node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' ? (JSON.parse(text.slice(node.start, node.end)) as string) : undefined;
}
