import { memberOf, SallyportError, stringOf, type JsonNode, type JsonObjectNode } from '@sallyport/dialects';
import { membersOf } from './member-names';
import { isNamed, positionOf, shapeOf } from './position-table';
import type { Action, Author, FieldsShape, Position, PositionTable, Shape, TypedShape } from './position-table';

/** A value that is not kept. */
export interface VisitedPosition {
  /** Any node for `data`, a string for all other actions. */
  readonly node: JsonNode;
  readonly action: Exclude<Action, 'keep' | 'refuse'>;
  readonly author: Author;
  /** Name of the member whose value the node is, or whose array it stands in. */
  readonly name: string | undefined;
}

/** Where the walk stands: what was decided further out and holds for everything inside. */
interface Place {
  readonly author: Author;
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
  new PositionWalk(text, table, visit).walk(root, table.root, { author: 'client', name: undefined });
}

class PositionWalk {
  constructor(
    private readonly text: string,
    private readonly table: PositionTable,
    private readonly visit: (visited: VisitedPosition) => void,
  ) {}

  walk(node: JsonNode, position: Position, place: Place): void {
    if (position === 'keep') return;
    if (position.startsWith('@')) this.walkShape(node, shapeOf(this.table, position), place);
    else if (position === 'refuse') this.refuse(node, place);
    else if (position === 'data') this.visitData(node, place);
    else if (position === 'json' && node.type !== 'string') this.visitData(node, place);
    else this.walkStrings(node, position as VisitedPosition['action'], place);
  }

  private visitData(node: JsonNode, place: Place): void {
    if (node.type !== 'scalar') this.visit({ node, action: 'data', ...place });
  }

  private walkStrings(node: JsonNode, action: VisitedPosition['action'], place: Place): void {
    if (node.type === 'string') this.visit({ node, action, ...place });
    else if (node.type === 'array') node.items.forEach((item) => this.walkStrings(item, action, place));
    else if (node.type === 'object') {
      node.members.forEach(({ key, value }) => this.walkStrings(value, action, { ...place, name: key }));
    }
  }

  private walkShape(node: JsonNode, shape: Shape, outer: Place): void {
    const place = shape.author === undefined ? outer : { ...outer, author: shape.author };
    if ('first' in shape && node.type === 'array') {
      node.items.forEach((item, index) => this.walk(item, index === 0 ? shape.first : shape.rest, place));
    } else if ('first' in shape) this.walk(node, shape.rest, place);
    else if (node.type === 'array') node.items.forEach((item) => this.walkShape(item, shape, place));
    else if ('number' in shape) this.walk(node, isNumber(this.text, node) ? shape.number : shape.rest, place);
    else if (node.type !== 'object') this.walkStrings(node, 'text', place);
    else if ('types' in shape) this.walk(node, positionOf(shape, typeOf(this.text, node, shape)), place);
    else this.walkFields(node, shape, place);
  }

  private walkFields(node: JsonObjectNode, shape: FieldsShape, place: Place): void {
    for (const { key, name, value } of membersOf(this.text, node)) {
      if (shape.rest === 'data' && !isNamed(shape, key)) {
        this.visit({ node: name, action: 'text', author: place.author, name: undefined });
      }
      this.walk(value, positionOf(shape, key), { ...place, name: key });
    }
  }

  private refuse(node: JsonNode, { name }: Place): void {
    if (node.type === 'array') node.items.forEach((item) => this.refuse(item, { author: 'client', name }));
    else if (node.type === 'object') {
      node.members.forEach(({ key, value }) => this.refuse(value, { author: 'client', name: key }));
    } else if (node.type === 'string' || isNumber(this.text, node)) {
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
  let parent: JsonNode | undefined = node;
  const path = by.split('.');
  for (const key of path) {
    if (parent?.type !== 'object' || parent.members.filter((member) => member.key === key).length !== 1)
      return undefined;
    parent = memberOf(parent, key);
  }
  return stringOf(text, parent);
}
