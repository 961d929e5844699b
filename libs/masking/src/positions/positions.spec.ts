import { parseJsonTree } from '@sallyport/dialects';
import { POSITIONS } from './endpoint-positions';
import type { Position, PositionTable, Shape } from './position-table';
import { walkPositions } from './walk-positions';

const TABLES = Object.entries(POSITIONS).flatMap(([dialect, { request, reply }]) => [
  { name: `${dialect} request`, table: request },
  { name: `${dialect} reply`, table: reply },
]);

function positionsOf(shape: Shape): Position[] {
  if ('first' in shape) return [shape.first, shape.rest];
  if ('number' in shape) return [shape.number, shape.rest];
  return [...Object.values('types' in shape ? shape.types : shape.fields), shape.rest];
}

function visited(table: PositionTable, body: unknown): string[] {
  return visitedIn(table, JSON.stringify(body));
}

function visitedIn(table: PositionTable, text: string): string[] {
  const seen: string[] = [];
  walkPositions(text, parseJsonTree(text), table, ({ node, action }) => {
    seen.push(`${action} ${text.slice(node.start, node.end)}`);
  });
  return seen;
}

describe.each(TABLES)('positions of $name', ({ table }) => {
  it('names only shapes that it has, and has none that it does not name', () => {
    const named = [table.root, ...Object.values(table.shapes).flatMap(positionsOf)].filter((p) => p.startsWith('@'));
    expect(new Set(named)).toEqual(new Set(Object.keys(table.shapes).map((name) => `@${name}`)));
  });
});

describe(walkPositions.name, () => {
  const table: PositionTable = {
    root: '@body',
    shapes: {
      body: { fields: { kept: 'keep', text: 'text', json: 'json', data: 'data', typed: '@typed' }, rest: 'text' },
      typed: { types: { plain: '@body', secret: 'keep' }, rest: 'text' },
    },
  };

  it('hands out text inside anything, and data as a whole', () => {
    const body = { kept: 'a', text: [{ name: 'b' }, 'c', 1, null], json: '{}', data: { d: 'e' }, other: { f: 'g' } };
    const expected = ['text "b"', 'text "c"', 'json "{}"', 'data {"d":"e"}', 'text "g"'];
    expect(visited(table, body)).toEqual(expected);
  });

  it('walks items of arrays, strings in place of objects, and JSON that is no string', () => {
    expect(
      visited(table, { typed: ['s', { type: 'secret', x: 'kept' }, { type: 'plain', kept: 'k', y: 'z' }] }),
    ).toEqual(['text "s"', 'text "plain"', 'text "z"']);
    expect(visited(table, { json: { a: 'b' } })).toEqual(['data {"a":"b"}']);
  });

  it('is not misled by a type stated twice, nor by names that every object inherits', () => {
    const twice = '{"typed":[{"type":"plain","type":"secret","x":"y"},{"type":"secret","type":"plain","x":"z"}]}';
    expect(visitedIn(table, twice)).toEqual(['plain', 'secret', 'y', 'secret', 'plain', 'z'].map((s) => `text "${s}"`));
    const inherited = '{"constructor":"c","__proto__":"p","toString":{"a":"t"},"typed":{"type":"valueOf","a":"v"}}';
    expect(visitedIn(table, inherited)).toEqual(['c', 'p', 't', 'valueOf', 'v'].map((s) => `text "${s}"`));
  });
});
