import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDialectTables } from './dialects-document';

const PAGE = join(__dirname, '../../../../docs/dialects.md');

describe('docs/dialects.md', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, withDialectTables(readFileSync(PAGE, 'utf8')));
  const page = readFileSync(PAGE, 'utf8');

  it('is up to date; UPDATE_DOCS=1 writes its tables anew', () => {
    expect(page).toBe(withDialectTables(page));
  });

  it('must have a place for each table', () => {
    expect(() => withDialectTables(page.replace('<!-- table: errors -->', ''))).toThrow('no place for errors');
  });

  it('must have no place without a table', () => {
    const more = `${page}\n<!-- table: later -->\n<!-- end -->\n`;
    expect(() => withDialectTables(more)).toThrow('there is no table "later"');
  });
});
