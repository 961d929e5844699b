import type { DeadLetter, LogBatch } from '@sallyport/logging';

/** Records of a batch that are named; the rest is only counted. */
const NAMED_RECORDS = 100;

/**
 * What the board shows of a job in place of its data: counts, ids, names and days. Prompts and replies stay out of it,
 * whatever else a job may hold.
 */
export function summariseJob(data: unknown): object {
  const { entries, entry, reason, at } = (data ?? {}) as Partial<LogBatch & DeadLetter>;
  if (Array.isArray(entries)) {
    const named: readonly unknown[] = entries.slice(0, NAMED_RECORDS);
    return { records: entries.length, entries: named.map(summariseEntry) };
  }
  if (entry !== undefined) return { entry: summariseEntry(entry), reason: text(reason), at: text(at) };
  return { unknown: 'neither a batch nor a dead letter' };
}

function summariseEntry(entry: unknown): object {
  const { callId, date, name, json, stored } = (entry ?? {}) as Partial<Record<string, unknown>>;
  const bytes = typeof json === 'string' ? Buffer.byteLength(json) : (stored as { bytes?: unknown } | undefined)?.bytes;
  return {
    call_id: text(callId),
    date: text(date),
    name: text(name),
    bytes: typeof bytes === 'number' ? bytes : undefined,
    stored_directly: stored !== undefined,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
