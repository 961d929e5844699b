const PAGE = '/Page';
/** Enough to hold `/Type` and white space before {@link PAGE}. */
const LOOK_BACK = 16;
/** Of a file whose pages cannot be seen, because they stand in compressed streams. */
const BYTES_PER_PAGE = 50_000;

/**
 * Number of pages of a PDF file, from its page objects (ISO 32000-1, 7.7.3.3); from its size when it shows none.
 *
 * @returns at least 1
 */
export function pdfPages(base64: string): number {
  const bytes = Buffer.from(base64, 'base64');
  let pages = 0;
  for (let at = bytes.indexOf(PAGE); at !== -1; at = bytes.indexOf(PAGE, at + PAGE.length)) {
    const before = bytes.toString('latin1', Math.max(0, at - LOOK_BACK), at);
    const next = bytes.toString('latin1', at + PAGE.length, at + PAGE.length + 1);
    if (/\/Type\s*$/.test(before) && !/[A-Za-z]/.test(next)) pages += 1;
  }
  return pages || Math.max(1, Math.ceil(bytes.length / BYTES_PER_PAGE));
}
