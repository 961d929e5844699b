import type { SearchedText } from '../searched-text';
import { cellsOfInserts, cellsOfMarkup, type TitledCell } from './table-cells';
import { type Table, TableLines } from './table-lines';

const LONGEST_TITLE = 48;
const ORNAMENT = /^[\s"'`*|]+|[\s"'`*|]+$/g;
/** Values below such titles are amounts, days or names, whatever else the title says. */
const OTHER_COLUMN =
  /(?:건수|개수|수량|인원|금액|요금|잔액|합계|총계|비율|횟수|일자|일시|날짜|기간|여부|상태|유형|종류|세액?|count|amount|total|sum|rate|balance|date|time|status|type|ratio|%|\(원\)|\(명\)|\(건\))$/i;

const READ = new WeakMap<SearchedText, ColumnTitles>();

/** What the columns of the tables in a text are called. */
export class ColumnTitles {
  private readonly lines: TableLines;
  private cells: readonly TitledCell[] | undefined;

  private constructor(private readonly text: string) {
    this.lines = new TableLines(text, readTitle);
  }

  /** Reads a text once, however many detectors ask. */
  static of(searched: SearchedText): ColumnTitles {
    let read = READ.get(searched);
    if (read === undefined) {
      read = new ColumnTitles(searched.text);
      READ.set(searched, read);
    }
    return read;
  }

  /** The title of the column in which an offset stands; empty when it names an amount, a day or the like. */
  titleOf(at: number): string | undefined {
    return this.cellAt(at)?.title ?? this.lines.titleOf(at);
  }

  /** The table of lines in whose first one an offset stands. */
  tableHeadedAt(at: number): Table | undefined {
    return this.lines.tableHeadedAt(at);
  }

  /** Cells of HTML tables and of SQL statements, in ascending order. */
  get titledCells(): readonly TitledCell[] {
    this.cells ??= this.readCells();
    return this.cells;
  }

  private cellAt(at: number): TitledCell | undefined {
    const cells = this.titledCells;
    let [low, high] = [0, cells.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cells[middle] as TitledCell).start <= at) low = middle + 1;
      else high = middle;
    }
    const cell = cells[low - 1];
    return cell !== undefined && at < cell.end ? cell : undefined;
  }

  private readCells(): TitledCell[] {
    return [...cellsOfMarkup(this.text), ...cellsOfInserts(this.text)]
      .map((cell) => ({ ...cell, title: readTitle(cell.title ?? '') }))
      .sort((a, b) => a.start - b.start);
  }
}

function readTitle(cell: string): string | undefined {
  const title = cell.replaceAll(ORNAMENT, '');
  if (title === '' || title.length > LONGEST_TITLE) return undefined;
  return OTHER_COLUMN.test(title) ? '' : title;
}
