import type { Action, PositionTable } from '../positions/position-table';
import { positionRows } from './position-rows';

const FATES = {
  text: 'masked',
  data: 'masked deeply',
  json: 'json',
  id: 'id',
  word: 'word',
  reference: 'reference',
  attribution: 'attribution',
  keep: 'left',
  refuse: 'refused',
} as const satisfies Record<Action, string>;

function linesOf(table: PositionTable): string[] {
  return positionRows(table, FATES).map(({ object, members, fate, why }) =>
    [object, members, fate, why].filter((cell) => cell !== '').join(' | '),
  );
}

describe(positionRows.name, () => {
  it('puts members of one fate together, and writes every object once', () => {
    const table: PositionTable = {
      root: '@body',
      shapes: {
        body: { fields: { a: 'text', b: '@bodyItem', c: 'text', d: '@bodyItem' }, kept: { e: 'signed' }, rest: 'data' },
        bodyItem: { types: { x: '@leaf', y: '@leaf' }, kept: { z: 'media' }, rest: '@body' },
        leaf: { author: 'tool', fields: { t: 'json' }, rest: 'keep' },
      },
    };
    expect(linesOf(table)).toEqual([
      'body | `a`, `c` | masked',
      'body | `b`, `d` | see body item',
      'body | `e` | left | the provider checks its signature',
      'body | anything else | masked deeply',
      'body item | `x`, `y` | see leaf',
      'body item | `z` | left | pictures, sound and files are not read',
      'body item | anything else | see body',
      'leaf, by a tool | `t` | json',
      'leaf, by a tool | anything else | left',
    ]);
  });

  it('breaks long lists of names', () => {
    const names = Array.from({ length: 12 }, (_, at) => `a_member_${at}`);
    const fields = Object.fromEntries(names.map((name) => [name, 'text'] as const));
    const rows = positionRows({ root: '@body', shapes: { body: { fields, rest: 'keep' } } }, FATES);
    expect(rows.map(({ members }) => members.split(', ').length)).toEqual([7, 5, 1]);
    expect(Math.max(...rows.map(({ members }) => members.length))).toBeLessThanOrEqual(100);
  });

  it('tells the first of a list and numbers apart', () => {
    const table: PositionTable = {
      root: '@body',
      shapes: {
        body: { fields: { list: '@list', input: '@input' }, rest: 'text' },
        list: { first: 'attribution', rest: 'text' },
        input: { number: 'refuse', rest: 'text' },
      },
    };
    expect(linesOf(table)).toEqual([
      'body | `list` | see list',
      'body | `input` | see input',
      'body | anything else | masked',
      'list | `first` | attribution',
      'list | anything else | masked',
      'input | `number` | refused',
      'input | anything else | masked',
    ]);
  });
});
