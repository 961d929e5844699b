import type { LogEntry } from '../../entry/log-entry';
import type { WriteResult } from '../record-store.port';

/**
 * Writes the entries of each day together, one day after the other.
 *
 * @param writeDay gives one result for each entry that it gets, in their order
 * @returns one result for each entry, in their order
 */
export async function writeByDay(
  entries: readonly LogEntry[],
  writeDay: (date: string, entries: readonly LogEntry[]) => Promise<readonly WriteResult[]>,
): Promise<readonly WriteResult[]> {
  const results = new Map<LogEntry, WriteResult | undefined>();
  for (const date of new Set(entries.map((entry) => entry.date))) {
    const ofDay = entries.filter((entry) => entry.date === date);
    const written = await writeDay(date, ofDay);
    for (const [index, entry] of ofDay.entries()) results.set(entry, written[index]);
  }
  return entries.flatMap((entry) => results.get(entry) ?? []);
}
