import { ColumnTitles } from '../columns/column-titles';
import type { Detector, Finding } from '../detector';
import type { Span } from '../span';
import { classifyName, type NameClass } from './assignment-name';
import { isAssignedSecret } from './assignment-value';
import { NAME_KEYWORDS, nameHits } from './name-hits';

const KIND = 'generic-assignment';

/** Names as the first lines of tables have them; one line of code or prose above another is no table. */
const TITLE = /^[A-Za-z_][\w .-]{0,40}$/;
const DIGIT = /\d/;
const LETTER = /[A-Za-z]/;
const BLANK = /\s/;
/** What stands around the value of a cell. */
const ORNAMENTS = ' \t\r\n"\'`*';

/** Secrets below a title such as `password` or `api_key`, in Markdown, CSV, HTML and the rows of SQL statements. */
export const titledSecrets: Detector = {
  kinds: [KIND],
  keywords: NAME_KEYWORDS,
  find(searched) {
    const { text } = searched;
    const titles = ColumnTitles.of(searched);
    const findings: Finding[] = [];
    const take = (cell: Span, named: NameClass): void => {
      const value = trimmed(text, cell);
      if (isTitledSecret(named, text.slice(value.start, value.end))) findings.push({ kind: KIND, ...value });
    };
    for (const cell of titles.titledCells) {
      const named = classOf(cell.title);
      if (named !== undefined) take(cell, named);
    }
    let behind = 0;
    for (const at of nameHits(searched)) {
      const table = at < behind ? undefined : titles.tableHeadedAt(at);
      if (table === undefined) continue;
      behind = table.headEnd;
      forEachSecretColumn(table.titles, table.rows, take);
    }
    return findings;
  },
};

function forEachSecretColumn(
  titles: readonly (string | undefined)[],
  rows: Iterable<readonly Span[]>,
  take: (cell: Span, named: NameClass) => void,
): void {
  if (!titles.every((title) => title === undefined || title === '' || TITLE.test(title))) return;
  const columns = titles.map(classOf);
  if (columns.every((named) => named === undefined)) return;
  for (const cells of rows) {
    for (const [column, named] of columns.entries()) {
      const cell = cells[column];
      if (named !== undefined && cell !== undefined) take(cell, named);
    }
  }
}

function classOf(title: string | undefined): NameClass | undefined {
  return title !== undefined && TITLE.test(title) ? classifyName(title) : undefined;
}

/** Words in such a column say what the password is for, or how it is kept. */
function isTitledSecret(named: NameClass, value: string): boolean {
  if (!DIGIT.test(value) || !LETTER.test(value) || BLANK.test(value)) return false;
  return isAssignedSecret(named, value, { quoted: true, kind: 'code' });
}

function trimmed(text: string, { start, end }: Span): Span {
  let [first, last] = [start, end];
  while (first < last && ORNAMENTS.includes(text.charAt(first))) first += 1;
  while (last > first && ORNAMENTS.includes(text.charAt(last - 1))) last -= 1;
  return { start: first, end: last };
}
