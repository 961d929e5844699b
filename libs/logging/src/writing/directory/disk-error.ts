import { SallyportError } from '@sallyport/dialects';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Code of a failed call to the operating system, such as ENOENT; empty when it was none. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

/**
 * What a failure of the disk means: a full or read-only disk, missing permissions and the like hit all records alike and
 * end when somebody mends them, so all are retryable.
 *
 * @param message what could not be done
 */
export function diskError(message: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof SallyportError || code === '') return error;
  return new SallyportError(FULL.has(code) ? 'storage_full' : 'unavailable', `${message} (${code})`, {
    retryable: true,
    cause: error,
  });
}
