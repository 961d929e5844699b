import { SallyportError } from '@sallyport/dialects';

/** Folder inside the base folder for files that are not whole yet; no path may name it. */
export const UNFINISHED_DIR = '.unfinished';

const MAX_PATH_BYTES = 1024;
const MAX_SEGMENT_BYTES = 255;

/**
 * Control characters, and those with which a path can mean something else to another reader: the backslash, and the
 * percent sign, which decoded once more may turn into anything.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\\%]/u;

/**
 * Splits the path of a file, such as `2026-11-21/a.json`, into its segments.
 *
 * @throws SallyportError `invalid_request` for a path that is empty, too long, absolute, that leaves its folder, or
 *   that holds an empty segment or a forbidden character
 */
export function parseFilePath(path: string): string[] {
  const segments = path.split('/');
  if (path === '') throw refuse('path', 'must not be empty');
  checkSegments('path', path, segments);
  if (segments.includes('')) throw refuse('path', 'must be relative and without empty segments');
  return segments;
}

/**
 * Checks what listed paths shall begin with; it may end inside a segment and may be empty.
 *
 * @throws SallyportError `invalid_request` as {@link parseFilePath} does
 */
export function checkPrefix(prefix: string): void {
  const segments = prefix.split('/');
  checkSegments('prefix', prefix, segments);
  if (segments.slice(0, -1).includes('')) throw refuse('prefix', 'must be relative and without empty segments');
}

function checkSegments(param: string, text: string, segments: readonly string[]): void {
  if (Buffer.byteLength(text) > MAX_PATH_BYTES) throw refuse(param, `must not be longer than ${MAX_PATH_BYTES} bytes`);
  if (FORBIDDEN.test(text)) throw refuse(param, 'must not hold control characters, "\\" or "%"');
  if (segments.includes('.') || segments.includes('..')) throw refuse(param, 'must not hold "." or ".." as a segment');
  if (segments.some((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)) {
    throw refuse(param, `must not hold a segment longer than ${MAX_SEGMENT_BYTES} bytes`);
  }
  // Case does not tell files apart everywhere.
  if (segments[0]?.toLowerCase() === UNFINISHED_DIR) throw refuse(param, 'names a folder of the server itself');
}

function refuse(param: string, what: string): SallyportError {
  return new SallyportError('invalid_request', `${param} ${what}`, { param });
}
