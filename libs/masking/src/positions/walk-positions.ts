import { SallyportError, stringOf, type JsonNode, type JsonObjectNode } from '@sallyport/dialects';
import { nameLiteral } from '../json/name-literal';
import { isNamed, positionOf, shapeOf } from './position-table';
import type {
  Action,
  Author,
  FieldsShape,
  ListShape,
  Position,
  PositionTable,
  Shape,
  TypedShape,
} from './position-table';

/** A value that is not kept. */
export interface VisitedPosition {
  /** Any node for `data`, a string for all other actions. */
  readonly node: JsonNode;
  readonly action: Exclude<Action, 'keep' | 'refuse'>;
  readonly author: Author;
  /** Name of the member whose value the node is, or whose array it stands in. */
  readonly name: string | undefined;
}

/**
 * Walks a body in the order of its text and hands every position that is not kept to `visit`.
 *
 * @param text the JSON text that `root` was parsed from
 * @throws SallyportError `invalid_request` when something stands where the table refuses it
 * @throws Error when the table names a shape that it does not have
 */
export function walkPositions(
  text: string,
  root: JsonNode,
  table: PositionTable,
  visit: (visited: VisitedPosition) => void,
): void {
  new PositionWalk(text, table, visit).walk(root, table.root, 'client', undefined);
}

class PositionWalk {
  constructor(
    private readonly text: string,
    private readonly table: PositionTable,
    private readonly visit: (visited: VisitedPosition) => void,
  ) {}

  /**
   * @param author who wrote what stands around the node
   * @param name of the member whose value the node is
   */
  walk(node: JsonNode, position: Position, author: Author, name: string | undefined): void {
    if (position === 'keep') return;
    if (position.startsWith('@')) this.walkShape(node, shapeOf(this.table, position), author, name);
    else if (position === 'refuse') this.refuse(node, name);
    else if (node.type === 'scalar') return;
    else if (position === 'data' || (position === 'json' && node.type !== 'string')) {
      this.visit({ node, action: 'data', author, name });
    } else this.walkStrings(node, position as VisitedPosition['action'], author, name);
  }

  private walkStrings(
    node: JsonNode,
    action: VisitedPosition['action'],
    author: Author,
    name: string | undefined,
  ): void {
    if (node.type === 'string') this.visit({ node, action, author, name });
    else if (node.type === 'array') for (const item of node.items) this.walkStrings(item, action, author, name);
    else if (node.type === 'object') {
      for (const { key, value } of node.members) this.walkStrings(value, action, author, key);
    }
  }

  private walkShape(node: JsonNode, shape: Shape, outer: Author, name: string | undefined): void {
    const author = shape.author ?? outer;
    if (node.type === 'object' && 'fields' in shape) this.walkFields(node, shape, author);
    else if (node.type === 'object' && 'types' in shape) {
      this.walk(node, positionOf(shape, typeOf(this.text, node, shape)), author, name);
    } else if ('first' in shape) this.walkList(node, shape, author, name);
    else if (node.type === 'array') for (const item of node.items) this.walkShape(item, shape, author, name);
    else if ('number' in shape) this.walk(node, isNumber(this.text, node) ? shape.number : shape.rest, author, name);
    else this.walkStrings(node, 'text', author, name);
  }

  private walkList(node: JsonNode, { first, rest }: ListShape, author: Author, name: string | undefined): void {
    if (node.type !== 'array') return this.walk(node, rest, author, name);
    node.items.forEach((item, index) => this.walk(item, index === 0 ? first : rest, author, name));
  }

  private walkFields(node: JsonObjectNode, shape: FieldsShape, author: Author): void {
    let from = node.start + 1;
    for (const { key, value } of node.members) {
      if (shape.rest === 'data' && !isNamed(shape, key)) {
        this.visit({ node: nameLiteral(this.text, from, value), action: 'text', author, name: undefined });
      }
      this.walk(value, positionOf(shape, key), author, key);
      from = value.end;
    }
  }

  private refuse(node: JsonNode, name: string | undefined): void {
    if (node.type === 'array') for (const item of node.items) this.refuse(item, name);
    else if (node.type === 'object') for (const { key, value } of node.members) this.refuse(value, key);
    else if (node.type === 'string' || isNumber(this.text, node)) {
      const where = name === undefined ? '' : ` in \`${name}\``;
      throw new SallyportError('invalid_request', `What stands${where} cannot be masked, so it is not sent`, {
        ...(name === undefined ? {} : { param: name }),
      });
    }
  }
}

function isNumber(text: string, node: JsonNode): boolean {
  return node.type === 'scalar' && /[-\d]/.test(text[node.start] as string);
}

/** What an object says it is; undefined when it says nothing or says it twice, as readers differ in which one counts. */
function typeOf(text: string, node: JsonObjectNode, { by = 'type' }: TypedShape): string | undefined {
  let said: JsonNode | undefined = node;
  for (const key of by.split('.')) said = said?.type === 'object' ? onlyMember(said, key) : undefined;
  return stringOf(text, said);
}

function onlyMember({ members }: JsonObjectNode, name: string): JsonNode | undefined {
  let found: JsonNode | undefined;
  for (const { key, value } of members) {
    if (key !== name) continue;
    if (found !== undefined) return undefined;
    found = value;
  }
  return found;
}
