import { kindTable } from './kind-table';
import { positionTables } from './position-tables';

/** A place for a table: what stands between its two marks is written anew. */
const PLACE = /(<!-- table: ([a-z-]+) -->\n)[^]*?(<!-- end -->)/g;

/**
 * Puts the tables of what is masked and where into a page.
 *
 * @param page Markdown with pairs of marks, `<!-- table: NAME -->` and `<!-- end -->`
 * @returns the page with each table in its place
 * @throws Error for a place whose table nobody makes, and for a table without a place
 */
export function withMaskingTables(page: string): string {
  const left = new Map(Object.entries({ kinds: kindTable(), ...positionTables() }));
  const written = page.replace(PLACE, (_, start: string, name: string, end: string) => {
    const table = left.get(name);
    if (table === undefined) throw new Error(`there is no table "${name}"`);
    left.delete(name);
    return `${start}\n${table}\n\n${end}`;
  });
  if (left.size > 0) throw new Error(`no place for ${[...left.keys()].join(', ')}`);
  return written;
}
