import { SallyportError } from '@sallyport/dialects';

/** EFBIG stands for a limit on the size of files, which an administrator sets as a quota is set. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** The path runs through something that is no folder, or ends at one. */
const TAKEN: ReadonlySet<string> = new Set(['ENOTDIR', 'EISDIR']);
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']);

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** For what vanished while it was looked at. */
export function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
}

/** What a failed write means to the caller. */
export function writeError(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof SallyportError || code === '') return error;
  if (FULL.has(code)) return new SallyportError('storage_full', 'The disk is full', { retryable: true, cause: error });
  if (TAKEN.has(code)) return conflict();
  if (code === 'ENAMETOOLONG') return new SallyportError('invalid_request', 'path is too long', { param: 'path' });
  // Read-only, no permission, out of handles, a failing disk: nothing that another path would change.
  return new SallyportError('unavailable', `The folder cannot be written (${code})`, { retryable: true, cause: error });
}

/** What a failed read means to the caller. */
export function readError(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof SallyportError || code === '') return error;
  if (MISSING.has(code)) return notFound();
  return new SallyportError('unavailable', `The folder cannot be read (${code})`, { retryable: true, cause: error });
}

export function notFound(): SallyportError {
  return new SallyportError('not_found', 'There is no such file', { param: 'path' });
}

export function conflict(): SallyportError {
  return new SallyportError('conflict', 'The path is taken by other content', { param: 'path' });
}
