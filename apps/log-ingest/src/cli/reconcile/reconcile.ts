import { setTimeout as sleep } from 'node:timers/promises';
import { compareDay, type DaySources } from './compare-day';
import type { Report } from './report';

/** Between two looks, in milliseconds: longer than a record takes from one place to the next. */
const PAUSE_MS = 2_000;

/**
 * Compares a day. Records move while it is looked, so what seems to be missing, twice or unknown is looked at again,
 * and told only when it still is.
 *
 * @throws CommandError or SallyportError when one of the places cannot be read
 */
export async function reconcile(sources: DaySources, pauseMs = PAUSE_MS): Promise<Report> {
  const first = await compareDay(sources);
  if (first.missing.length + first.twice.length + first.unknown.length === 0) return first;
  await sleep(pauseMs);
  // The content of a file never changes, so it is not read again.
  const second = await compareDay({ ...sources, content: false });
  return {
    ...second,
    missing: confirmed(first.missing, second.missing, ({ name }) => name),
    twice: confirmed(first.twice, second.twice, ({ file }) => file),
    unknown: confirmed(first.unknown, second.unknown, ({ file }) => file),
    different: first.different,
  };
}

/**
 * Differences of both looks. Of several records with one name it may be another one that lacks a file in the second
 * look, when the content was not read; only their number is compared.
 */
function confirmed<T>(first: readonly T[], second: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const left = new Map<string, number>();
  for (const item of second) left.set(keyOf(item), (left.get(keyOf(item)) ?? 0) + 1);
  return first.filter((item) => {
    const count = left.get(keyOf(item)) ?? 0;
    left.set(keyOf(item), count - 1);
    return count > 0;
  });
}
