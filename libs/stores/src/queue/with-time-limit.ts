import { SallyportError } from '@sallyport/dialects';

/**
 * Waits for `work` at most `limitMs`. BullMQ has calls that never settle while its backend is away.
 *
 * @throws SallyportError `unavailable` (retryable) with `message` when the time is over, else what `work` throws
 */
export async function withTimeLimit<T>(work: Promise<T>, limitMs: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SallyportError('unavailable', message, { retryable: true })), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `work` settles, well or not, within `limitMs`. */
export async function settlesWithin(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let settled = false;
  const settling = work.then(
    () => (settled = true),
    () => (settled = true),
  );
  await withTimeLimit(settling, limitMs, '').catch(() => undefined);
  return settled;
}
