import { stringOf, type JsonNode, type JsonObjectNode } from '@sallyport/dialects';
import type { Action, Author, Position, PositionTable, Shape } from './position-table';

/** A value that is not kept. */
export interface VisitedPosition {
  /** A string for `text` and `attribution`, any node for `data` and `json`. */
  readonly node: JsonNode;
  readonly action: Exclude<Action, 'keep'>;
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
 * @throws Error when the table names a shape that it does not have
 */
export function walkPositions(
  text: string,
  root: JsonNode,
  table: PositionTable,
  visit: (visited: VisitedPosition) => void,
): void {
  walk(root, table.root, { author: 'client', name: undefined });

  function walk(node: JsonNode, position: Position, place: Place): void {
    if (position === 'keep' || node.type === 'scalar') return;
    if (position === 'data') visit({ node, action: 'data', ...place });
    else if (position === 'json') visit({ node, action: node.type === 'string' ? 'json' : 'data', ...place });
    else if (position === 'text') walkText(node, place);
    else if (position === 'attribution' && node.type === 'string') visit({ node, action: 'attribution', ...place });
    else if (position === 'attribution') walkText(node, place);
    else walkShape(node, shapeOf(table, position), place);
  }

  function walkText(node: JsonNode, place: Place): void {
    if (node.type === 'string') visit({ node, action: 'text', ...place });
    else if (node.type === 'array') node.items.forEach((item) => walkText(item, place));
    else if (node.type === 'object') {
      node.members.forEach(({ key, value }) => walkText(value, { ...place, name: key }));
    }
  }

  function walkShape(node: JsonNode, shape: Shape, outer: Place): void {
    const place = shape.author === undefined ? outer : { ...outer, author: shape.author };
    if ('first' in shape) return walkList(node, shape.first, shape.rest, place);
    if (node.type === 'array') return node.items.forEach((item) => walkShape(item, shape, place));
    if (node.type !== 'object') return walkText(node, place);
    if ('types' in shape) {
      return walk(node, positionIn(shape.types, kindOf(text, node, shape.by ?? 'type')) ?? shape.rest, place);
    }
    for (const { key, value } of node.members) {
      walk(value, positionIn(shape.fields, key) ?? shape.rest, { ...place, name: key });
    }
  }

  function walkList(node: JsonNode, first: Position, rest: Position, place: Place): void {
    if (node.type !== 'array') return walk(node, rest, place);
    node.items.forEach((item, index) => walk(item, index === 0 ? first : rest, place));
  }
}

function shapeOf(table: PositionTable, position: Position): Shape {
  const shape = table.shapes[position.slice(1)];
  if (shape === undefined) throw new Error(`the position table has no shape ${position}`);
  return shape;
}

/** Looks up own names only: bodies may use `constructor` or `__proto__` as names. */
function positionIn(positions: Readonly<Record<string, Position>>, name: string | undefined): Position | undefined {
  return name !== undefined && Object.hasOwn(positions, name) ? positions[name] : undefined;
}

/** What an object says it is; undefined when it says nothing or says it twice, as readers differ in which one counts. */
function kindOf(text: string, node: JsonObjectNode, by: string): string | undefined {
  const members = node.members.filter((member) => member.key === by);
  return members.length === 1 ? stringOf(text, members[0]?.value) : undefined;
}
