import { SallyportError } from '@sallyport/dialects';
import type { RefusedRecord, WriteResult } from '../record-store.port';

/** Records that are written at the same time. */
const PARALLEL_WRITES = 8;

/** So many failures in a row mean that the place is away: the rest is not tried, as each try may take a time-out. */
const GIVE_UP_AFTER = 3;

/**
 * Does the same with each of many records, some at a time.
 *
 * @param act throws when the record cannot be written: see {@link refusal}
 * @returns one result for each record, in their order; those that were not tried have the last error of the others
 */
export async function writeEach<T>(
  records: readonly T[],
  act: (record: T) => Promise<WriteResult>,
): Promise<readonly WriteResult[]> {
  const results = new Map<number, WriteResult>();
  const waiting = records.entries();
  let failuresInARow = 0;
  let last: RefusedRecord | undefined;
  const work = async (): Promise<void> => {
    for (const [index, record] of waiting) {
      if (last !== undefined && failuresInARow >= GIVE_UP_AFTER) {
        results.set(index, last);
        continue;
      }
      const result = await act(record).catch(refusal);
      results.set(index, result);
      const failed = result.outcome === 'refused' && result.error.retryable;
      failuresInARow = failed ? failuresInARow + 1 : 0;
      if (failed) last = result;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_WRITES }, work));
  return records.flatMap((_, index) => results.get(index) ?? []);
}

/** The result of a record that was not written. What nobody foresaw gives no record up: it is tried again. */
export function refusal(cause: unknown): RefusedRecord {
  const error =
    cause instanceof SallyportError
      ? cause
      : new SallyportError('internal', 'The record could not be written', { retryable: true, cause });
  return { outcome: 'refused', error };
}
