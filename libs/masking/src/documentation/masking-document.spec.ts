import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMaskingTables } from './masking-document';

const PAGE = join(__dirname, '../../../../docs/masking.md');

describe('docs/masking.md', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, withMaskingTables(readFileSync(PAGE, 'utf8')));
  const page = readFileSync(PAGE, 'utf8');

  it('is up to date; UPDATE_DOCS=1 writes its tables anew', () => {
    expect(page).toBe(withMaskingTables(page));
  });

  it('must have a place for each table', () => {
    expect(() => withMaskingTables(page.replace('<!-- table: kinds -->', ''))).toThrow('no place for kinds');
  });

  it('must have no place without a table', () => {
    const more = `${page}\n<!-- table: later -->\n<!-- end -->\n`;
    expect(() => withMaskingTables(more)).toThrow('there is no table "later"');
  });
});
