import { SallyportError } from '@sallyport/dialects';

/** Folder under the base directory that holds files while they are written; no path may name it. */
export const INCOMING = '.incoming';

const MAX_PATH_LENGTH = 1024;
/** Limit of one name on common file systems, in bytes. */
const MAX_NAME_BYTES = 255;

/**
 * Checks a path that a client gave. What passes is relative, in its plain form and stays below the base directory:
 * no empty, `.` or `..` part, no leading slash, no backslash, no percent sign (nothing is decoded twice), no NUL or
 * other control character.
 *
 * @returns the names of the path, outermost first
 * @throws SallyportError `invalid_request` with `param` set to `param`
 */
export function parsePath(path: string, param = 'path'): string[] {
  const refuse = (message: string): SallyportError => new SallyportError('invalid_request', message, { param });
  if (path === '' || path.length > MAX_PATH_LENGTH) throw refuse(`must have 1 to ${MAX_PATH_LENGTH} characters`);
  if ([...path].some((character) => character < ' ' || '\\%\u007f'.includes(character))) {
    throw refuse('must not hold control characters, backslashes or percent signs');
  }
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) {
    throw refuse('must be relative, without empty, "." or ".." parts');
  }
  if (names.some((name) => Buffer.byteLength(name) > MAX_NAME_BYTES)) {
    throw refuse(`must not hold a name of more than ${MAX_NAME_BYTES} bytes`);
  }
  if (names[0] === INCOMING) throw refuse('names a reserved folder');
  return names;
}
