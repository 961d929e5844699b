import { constants } from 'node:os';
import { SallyportError } from '@sallyport/dialects';

/** LMDB's own code for a file that cannot grow. */
const MDB_MAP_FULL = -30_792;

/**
 * Error numbers of a disk that takes no more. EIO is one of them because LMDB reports a write that the disk took in part
 * so, and that is how a disk fills up.
 */
const FULL = new Set([
  constants.errno.ENOSPC,
  constants.errno.EDQUOT,
  constants.errno.EFBIG,
  constants.errno.EIO,
  MDB_MAP_FULL,
]);

/**
 * What kept a record from the disk: `storage_full` when there is no room for it, else `unavailable`; both retryable. An
 * error that is one of ours already stays as it is.
 */
export async function storageError(error: unknown): Promise<SallyportError> {
  if (error instanceof SallyportError) return error;
  const cause = await commitErrorOf(error);
  return FULL.has(numberOf(cause))
    ? outboxFull('The disk of the log outbox is full', cause)
    : new SallyportError('unavailable', 'The log outbox cannot be written', { retryable: true, cause });
}

export function outboxFull(message: string, cause?: unknown): SallyportError {
  return new SallyportError('storage_full', message, { retryable: true, cause });
}

/** LMDB rejects every write of a failed commit with the same error, which only promises the reason. */
async function commitErrorOf(error: unknown): Promise<unknown> {
  const { commitError } = (error ?? {}) as { commitError?: Promise<never> };
  if (commitError === undefined) return error;
  return commitError.then(
    () => error,
    (reason: unknown) => reason,
  );
}

/** LMDB gives the number as `code`, Node as a negative `errno`. */
function numberOf(error: unknown): number {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  if (typeof errno === 'number') return Math.abs(errno);
  return typeof code === 'number' ? code : 0;
}
