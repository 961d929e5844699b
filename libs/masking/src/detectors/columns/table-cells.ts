/** A cell whose title is known. */
export interface TitledCell {
  readonly start: number;
  readonly end: number;
  readonly title: string | undefined;
}

const TAG = /<(?<close>\/?)(?<name>table|tr|th|td)(?=[\s>])[^>]{0,200}>/gi;
const INNER_TAG = /<[^>]{0,200}>/g;

/** Cells of HTML tables below the `<th>` of their column. */
export function cellsOfMarkup(text: string): TitledCell[] {
  const cells: TitledCell[] = [];
  let titles: string[] = [];
  let column = -1;
  let inside = 0;
  for (const { 0: tag, index, groups } of text.matchAll(TAG)) {
    const name = (groups?.name as string).toLowerCase();
    if (name === 'table') titles = [];
    else if (name === 'tr') column = -1;
    else if (groups?.close === '') {
      column += 1;
      inside = index + tag.length;
    } else if (name === 'th') titles[column] = text.slice(inside, index).replaceAll(INNER_TAG, ' ');
    else if (titles[column] !== undefined) cells.push({ start: inside, end: index, title: titles[column] });
  }
  return cells;
}

const INSERT = /\binsert\s{1,8}into\s{1,8}[\w.`"[\]]{1,80}\s{0,8}\(([^()]{1,600})\)\s{0,8}values\s{0,8}/gi;
const BETWEEN_ROWS = /[\s,]{0,16}\(/y;
/** A longer row is no longer looked at. */
const LONGEST_ROW = 1000;

/** Values of SQL statements below the names of their columns: `insert into t (a, b) values (1, 2), (3, 4)`. */
export function cellsOfInserts(text: string): TitledCell[] {
  return Array.from(text.matchAll(INSERT)).flatMap(({ 0: head, 1: names, index }) => {
    const titles = (names as string).split(',');
    const cells: TitledCell[] = [];
    BETWEEN_ROWS.lastIndex = index + head.length;
    while (BETWEEN_ROWS.test(text)) {
      const row = valuesFrom(text, BETWEEN_ROWS.lastIndex, titles);
      if (row === undefined) break;
      cells.push(...row.cells);
      BETWEEN_ROWS.lastIndex = row.end;
    }
    return cells;
  });
}

function valuesFrom(text: string, from: number, titles: readonly string[]) {
  const cells: TitledCell[] = [];
  let start = from;
  let quoted = false;
  for (let at = from; at < Math.min(text.length, from + LONGEST_ROW); at += 1) {
    const unit = text[at];
    if (unit === "'") quoted = !quoted;
    if (quoted || (unit !== ',' && unit !== ')')) continue;
    const title = titles[cells.length];
    if (title === undefined) return undefined;
    cells.push({ start, end: at, title });
    start = at + 1;
    if (unit === ')') return { cells, end: at + 1 };
  }
  return undefined;
}
