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

/**
 * Tables of lines: Markdown, CSV, TSV. A table is a row of lines with the same separator, its titles stand in the first.
 */
export class TableLines {
  /** The line that was asked for last: numbers of one line are asked for one after the other. */
  private current: Line | undefined;
  private bounds = { start: 0, end: -1 };
  /** Where the first line of a table begins, by where its other lines do. */
  private readonly heads = new Map<number, number>();

  constructor(private readonly text: string) {}

  /** The cell above an offset in the first line of its table. */
  titleOf(at: number): string | undefined {
    const line = this.lineAround(at);
    if (line === undefined) return undefined;
    const head = this.headOf(line);
    if (head === line.start) return undefined;
    const titles = this.lineFrom(head);
    const column = line.places.filter((place) => place < at).length;
    if (titles === undefined || column > titles.places.length) return undefined;
    const start = column === 0 ? titles.start : (titles.places[column - 1] as number) + 1;
    return this.text.slice(start, titles.places[column] ?? titles.end);
  }

  private lineAround(at: number): Line | undefined {
    if (at < this.bounds.start || at > this.bounds.end) {
      this.bounds = { start: startOfLine(this.text, at), end: endOfLine(this.text, at) };
      this.current = this.read(this.bounds.start, this.bounds.end);
    }
    return this.current;
  }

  private lineFrom(start: number): Line | undefined {
    return this.read(start, endOfLine(this.text, start));
  }

  private read(start: number, end: number): Line | undefined {
    if (end - start > LONGEST_LINE) return undefined;
    const line = this.text.slice(start, end);
    const separator = SEPARATORS.find((one) => line.includes(one));
    return separator === undefined ? undefined : { start, end, separator, places: placesOf(line, separator, start) };
  }

  private headOf(line: Line): number {
    const passed: number[] = [];
    let { start } = line;
    let head = this.heads.get(start);
    while (head === undefined) {
      passed.push(start);
      const above = start === 0 ? undefined : this.read(startOfLine(this.text, start - 1), start - 1);
      if (above === undefined || !isSameTable(above, line)) head = start;
      else {
        start = above.start;
        head = this.heads.get(start);
      }
    }
    for (const place of passed) this.heads.set(place, head);
    return head;
  }
}

/** Rows of a table drawn with bars may lack the outer ones; commas also stand in prose. */
function isSameTable(one: Line, other: Line): boolean {
  return one.separator === other.separator && (one.separator !== ',' || one.places.length === other.places.length);
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
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === separator && !quoted) places.push(start + at);
  }
  return places;
}
