import type { LogEntry } from './log-entry';
import { safeCallId, safeName } from './safe-name';

/** What every record has; the rest is its own. */
export interface SerialisableRecord {
  readonly id: string;
  readonly litellm_call_id: string;
  /** Seconds since the epoch. */
  readonly startTime: number;
}

/**
 * Makes the entry of a record. A value that cannot become JSON, such as one that holds itself or a big integer, costs
 * its top-level key only: that key becomes null, and `serialisation_error` names it and the error. What JSON has no word
 * for it writes as usual: null for a number without end, the ISO form for a date.
 *
 * An id that is no text, as an upstream may send it, is taken as text when it is a number and else as missing.
 */
export function serialiseRecord(record: SerialisableRecord): LogEntry {
  const callId = safeCallId(textOf(record.litellm_call_id));
  return { callId, date: dayOf(record.startTime), name: safeName(textOf(record.id)), json: toJson(record) };
}

function textOf(id: unknown): string {
  if (typeof id === 'string') return id;
  return typeof id === 'number' || typeof id === 'bigint' ? String(id) : '';
}

function toJson(record: SerialisableRecord): string {
  try {
    const json = JSON.stringify(record) as string | undefined;
    // With a `toJSON` of its own a record could become anything.
    if (json?.startsWith('{')) return json;
  } catch {
    // Below it is told which value does not go.
  }
  return JSON.stringify(withoutUnserialisable(record));
}

function withoutUnserialisable(record: SerialisableRecord): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const key of Object.keys(record)) {
    try {
      const value = (record as unknown as Record<string, unknown>)[key];
      // A function is nothing to JSON; kept, one that is called `toJSON` would be called again.
      if (JSON.stringify(value) !== undefined) kept[key] = value;
    } catch (error) {
      kept[key] = null;
      // The name only: the message may quote what the record holds.
      errors[key] = error instanceof Error ? error.name : 'Error';
    }
  }
  return { ...kept, serialisation_error: errors };
}

function dayOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return (Number.isNaN(date.getTime()) ? new Date() : date).toISOString().slice(0, 10);
}
