import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anthropicErrorBody, openAiErrorBody, SallyportError, type ErrorCode } from '@sallyport/dialects';
import { ERROR_STATUS } from './error-status';

/** Rows of the table as lists of cells, without the marks around code. */
function documentedRows(): string[][] {
  const page = readFileSync(join(__dirname, '../../../../docs/errors.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('docs/errors.md', () => {
  it('tells every code with the status and the types that clients get', () => {
    const documented = documentedRows().map(([code, status, , , openAi, anthropic]) => [
      code,
      status,
      openAi,
      anthropic,
    ]);
    const real = Object.entries(ERROR_STATUS).map(([code, status]) => {
      const error = new SallyportError(code as ErrorCode, '');
      return [code, String(status), openAiErrorBody(error).error.type, anthropicErrorBody(error, null).error.type];
    });
    expect(documented.sort()).toEqual(real.sort());
  });
});
