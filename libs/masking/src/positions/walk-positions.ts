import { stringOf, type JsonNode, type JsonObjectNode } from '@sallyport/dialects';
import type { Action, Position, PositionTable, Shape } from './position-table';

/** Takes a string node for `text` and `attribution`, any node for `data` and `json`. */
export type PositionVisitor = (node: JsonNode, action: Exclude<Action, 'keep'>) => void;

/**
 * Walks a body in the order of its text and hands every position that is not kept to `visit`.
 *
 * @param text the JSON text that `root` was parsed from
 * @throws Error when the table names a shape that it does not have
 */
export function walkPositions(text: string, root: JsonNode, table: PositionTable, visit: PositionVisitor): void {
  walk(root, table.root);

  function walk(node: JsonNode, position: Position): void {
    if (position === 'keep' || node.type === 'scalar') return;
    if (position === 'data') visit(node, 'data');
    else if (position === 'json') visit(node, node.type === 'string' ? 'json' : 'data');
    else if (position === 'text') walkText(node);
    else if (position === 'attribution') visitAttribution(node);
    else walkShape(node, shapeOf(table, position));
  }

  function walkText(node: JsonNode): void {
    if (node.type === 'string') visit(node, 'text');
    else if (node.type === 'array') node.items.forEach(walkText);
    else if (node.type === 'object') node.members.forEach((member) => walkText(member.value));
  }

  function visitAttribution(node: JsonNode): void {
    if (node.type === 'string') visit(node, 'attribution');
    else walkText(node);
  }

  function walkShape(node: JsonNode, shape: Shape): void {
    if ('first' in shape) return walkList(node, shape.first, shape.rest);
    if (node.type === 'array') return node.items.forEach((item) => walkShape(item, shape));
    if (node.type !== 'object') return walkText(node);
    if ('types' in shape) return walk(node, positionIn(shape.types, typeOf(text, node)) ?? shape.rest);
    for (const { key, value } of node.members) walk(value, positionIn(shape.fields, key) ?? shape.rest);
  }

  function walkList(node: JsonNode, first: Position, rest: Position): void {
    if (node.type !== 'array') return walk(node, rest);
    node.items.forEach((item, index) => walk(item, index === 0 ? first : rest));
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

/** The type of an object; undefined when it has none or states it twice, as readers differ in which one counts. */
function typeOf(text: string, node: JsonObjectNode): string | undefined {
  const types = node.members.filter((member) => member.key === 'type');
  return types.length === 1 ? stringOf(text, types[0]?.value) : undefined;
}
