import type { Span } from '../span';

/** A longer line is no row of a table that somebody reads. */
const LONGEST_LINE = 1000;
const SEPARATORS = ['|', '\t', ';', ','] as const;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly separator: string;
  /** Offsets of the separators in the text. */
  readonly places: readonly number[];
}

/** A table whose titles are known. */
export interface Table {
  /** Where the line of the titles ends. */
  readonly headEnd: number;
  readonly titles: readonly (string | undefined)[];
  /** The cells of each line below the titles. */
  readonly rows: Iterable<readonly Span[]>;
}

/** The first line of a table, cell by cell. */
interface Head {
  readonly start: number;
  readonly titles: readonly (string | undefined)[];
}

/**
 * Tables of lines: Markdown, CSV, TSV. A table is a row of lines with the same separator, its titles stand in the first.
 * Whoever asks for ascending offsets has every line read once.
 */
export class TableLines {
  /** Those that occur: most texts have no tables of most sorts. */
  private readonly separators: readonly string[];
  private bounds = { start: 0, end: -1 };
  /** The line that was asked for last, and the head of its table. */
  private line: Line | undefined;
  private head: Head | undefined;

  /** @param readTitle makes a title of a cell */
  constructor(
    private readonly text: string,
    private readonly readTitle: (cell: string) => string | undefined,
  ) {
    this.separators = text.includes('\n') ? SEPARATORS.filter((one) => text.includes(one)) : [];
  }

  /** The title above an offset in the first line of its table. */
  titleOf(at: number): string | undefined {
    if (this.separators.length === 0) return undefined;
    if (at < this.bounds.start || at > this.bounds.end) this.moveTo(at);
    if (this.line === undefined || this.head === undefined || this.head.start === this.line.start) return undefined;
    return this.head.titles[columnOf(this.line, at)];
  }

  /**
   * The table in whose first line an offset stands.
   *
   * @returns undefined when the offset stands in no such line
   */
  tableHeadedAt(at: number): Table | undefined {
    if (this.separators.length === 0) return undefined;
    const head = this.read(startOfLine(this.text, at), endOfLine(this.text, at));
    if (head === undefined) return undefined;
    const above = head.start === 0 ? undefined : this.read(startOfLine(this.text, head.start - 1), head.start - 1);
    if (above !== undefined && isSameTable(above, head)) return undefined;
    return { headEnd: head.end, titles: this.readHead(head).titles, rows: this.rowsBelow(head) };
  }

  private *rowsBelow(head: Line): Generator<readonly Span[]> {
    for (let { end } = head; end < this.text.length;) {
      const row = this.read(end + 1, endOfLine(this.text, end + 1));
      if (row === undefined || !isSameTable(head, row)) return;
      const starts = [row.start, ...row.places.map((place) => place + 1)];
      yield starts.map((start, column) => ({ start, end: row.places[column] ?? row.end }));
      end = row.end;
    }
  }

  private moveTo(at: number): void {
    const above = this.line;
    this.bounds = { start: startOfLine(this.text, at), end: endOfLine(this.text, at) };
    this.line = this.read(this.bounds.start, this.bounds.end);
    if (this.line === undefined) return;
    const first = this.firstLine(this.line, above);
    if (first !== undefined && first.start !== this.head?.start) this.head = this.readHead(first);
  }

  /** The first line of a table; undefined when another line of it was asked for before. */
  private firstLine(line: Line, known: Line | undefined): Line | undefined {
    let first = line;
    if (known !== undefined && known.end + 1 === line.start && isSameTable(known, line)) return undefined;
    while (first.start > 0) {
      const above = this.read(startOfLine(this.text, first.start - 1), first.start - 1);
      if (above === undefined || !isSameTable(above, line)) break;
      if (above.start === known?.start) return undefined;
      first = above;
    }
    return first;
  }

  private readHead({ start, end, places }: Line): Head {
    const starts = [start, ...places.map((place) => place + 1)];
    return {
      start,
      titles: starts.map((from, column) => this.readTitle(this.text.slice(from, places[column] ?? end))),
    };
  }

  private read(start: number, end: number): Line | undefined {
    if (end - start > LONGEST_LINE) return undefined;
    const line = this.text.slice(start, end);
    const separator = this.separators.find((one) => line.includes(one));
    return separator === undefined ? undefined : { start, end, separator, places: placesOf(line, separator, start) };
  }
}

/** Rows of a table drawn with bars may lack the outer ones; commas also stand in prose. */
function isSameTable(one: Line, other: Line): boolean {
  return one.separator === other.separator && (one.separator !== ',' || one.places.length === other.places.length);
}

function columnOf({ places }: Line, at: number): number {
  let column = 0;
  while (column < places.length && (places[column] as number) < at) column += 1;
  return column;
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function placesOf(line: string, separator: string, start: number): number[] {
  const places: number[] = [];
  let quote = line.indexOf('"');
  let at = line.indexOf(separator);
  while (at !== -1) {
    if (quote === -1 || at < quote) {
      places.push(start + at);
      at = line.indexOf(separator, at + 1);
    } else {
      const close = line.indexOf('"', quote + 1);
      if (close === -1) break;
      if (at < close) at = line.indexOf(separator, close);
      quote = line.indexOf('"', close + 1);
    }
  }
  return places;
}
