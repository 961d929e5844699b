const DAY_MS = 86_400_000;

/**
 * The day that the name of a folder stands for, such as `2026-11-21`.
 *
 * @returns days since 1970 in UTC; undefined for a name that is no day
 */
export function dayOfName(name: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(name)) return undefined;
  const time = Date.parse(`${name}T00:00:00Z`);
  // Of the 30th of February some parsers make a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== name) return undefined;
  return time / DAY_MS;
}

/** The day of a time, in days since 1970 in UTC. */
export function dayOfTime(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}
