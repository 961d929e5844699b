import { KEPT, shapeOf } from '../positions/position-table';
import type {
  Action,
  Author,
  FieldsShape,
  KeptReason,
  Position,
  PositionTable,
  Shape,
  TypedShape,
} from '../positions/position-table';
import { code } from './markdown-table';

/** One line of a table: members of an object, or objects of some types, that are treated alike. */
interface PositionRow {
  /** What the object is called, and who wrote it when that is not who wrote what stands around it. */
  readonly object: string;
  readonly members: string;
  readonly fate: string;
  readonly why: string;
}

/** Members that the object does not name. */
export const ANYTHING_ELSE = 'anything else';

/** Characters. */
const LONGEST_LINE = 100;

interface Branch {
  readonly names: readonly string[];
  readonly position: Position;
  readonly reason?: KeptReason;
}

const WRITTEN_BY: Readonly<Record<Author, string>> = {
  client: 'by the client',
  model: 'by the model',
  tool: 'by a tool',
};

/**
 * The lines of a position table, object by object, each before those that stand in it.
 *
 * @param fates what each action is called
 */
export function positionRows(table: PositionTable, fates: Readonly<Record<Action, string>>): PositionRow[] {
  const rows: PositionRow[] = [];
  // A set is walked in the order in which it grows.
  const objects = new Set<Position>([table.root]);
  for (const object of objects) {
    const shape = shapeOf(table, object);
    const called = shape.author === undefined ? nameOf(object) : `${nameOf(object)}, ${WRITTEN_BY[shape.author]}`;
    for (const { names, position, reason } of branchesOf(shape)) {
      const isObject = position.startsWith('@');
      if (isObject) objects.add(position);
      const fate = isObject ? `see ${nameOf(position)}` : fates[position as Action];
      const why = reason === undefined ? '' : KEPT[reason];
      for (const members of linesOf(names)) rows.push({ object: called, members, fate, why });
    }
  }
  return rows;
}

function branchesOf(shape: Shape): Branch[] {
  if ('first' in shape) return [{ names: ['first'], position: shape.first }, restOf(shape)];
  if ('number' in shape) return [{ names: ['number'], position: shape.number }, restOf(shape)];
  return [...namedBranches(shape), restOf(shape)];
}

function restOf({ rest }: Shape): Branch {
  return { names: [], position: rest };
}

/** Names with the same fate together, in the order of the table. */
function namedBranches(shape: FieldsShape | TypedShape): Branch[] {
  const branches = new Map<string, Branch>();
  const add = (name: string, position: Position, reason?: KeptReason): void => {
    const key = `${position} ${reason ?? ''}`;
    const names = [...(branches.get(key)?.names ?? []), name];
    branches.set(key, { names, position, ...(reason === undefined ? {} : { reason }) });
  };
  for (const [name, position] of Object.entries('types' in shape ? shape.types : shape.fields)) add(name, position);
  for (const [name, reason] of Object.entries(shape.kept ?? {})) add(name, 'keep', reason);
  return [...branches.values()];
}

/** Lists of names, none too long to be read. */
function linesOf(names: readonly string[]): string[] {
  if (names.length === 0) return [ANYTHING_ELSE];
  const lines: string[] = [];
  for (const name of names) {
    const longer = lines.length === 0 ? code(name) : `${lines.at(-1)}, ${code(name)}`;
    if (lines.length === 0 || longer.length > LONGEST_LINE) lines.push(code(name));
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The words of the shape's name. */
function nameOf(position: Position): string {
  return position.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
