import { SallyportError } from '@sallyport/dialects';
import { withTimeLimit } from './with-time-limit';

/** Above the command time-out of the Redis connection, which gives the better message. */
const CALL_LIMIT_MS = 5_000;

/**
 * Asks something of the place where a queue lives; always settles.
 *
 * @param canCall whether it can be asked now
 * @throws SallyportError `unavailable` (retryable) at once when it cannot be asked, when it refuses, and when it does
 *   not answer in time; in the last case it may have done what it was told
 */
export async function callQueue<R>(canCall: () => boolean, command: () => Promise<R>): Promise<R> {
  if (!canCall()) throw unavailable('The log queue is away');
  try {
    return await withTimeLimit(command(), CALL_LIMIT_MS, 'The log queue did not answer in time');
  } catch (error) {
    throw error instanceof SallyportError ? error : unavailable('The log queue refused a command', error);
  }
}

export function unavailable(message: string, cause?: unknown): SallyportError {
  return new SallyportError('unavailable', message, { retryable: true, cause });
}
