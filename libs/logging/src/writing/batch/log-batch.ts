import { isObject, SallyportError } from '@sallyport/dialects';
import type { BatchEntry, GivingUp, LogBatch, LogEntry, StoredEntry } from '../../entry/log-entry';

const SAFE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,160}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type GivenUpEntry = (LogEntry | StoredEntry) & { readonly givenUp: GivingUp };

/**
 * Reads what a job carries.
 *
 * @throws SallyportError `invalid_request` when it is no batch
 */
export function readBatch(data: unknown): Required<LogBatch> {
  if (isObject(data)) {
    const { entries, done = { written: 0, deadLettered: 0 } } = data;
    if (Array.isArray(entries) && entries.every(isEntry) && isTally(done)) return { entries, done };
  }
  throw new SallyportError('invalid_request', 'The job does not hold a batch of log records');
}

export function isInline(entry: LogEntry | StoredEntry): entry is LogEntry {
  return 'json' in entry;
}

export function isStored(entry: LogEntry | StoredEntry): entry is StoredEntry {
  return !isInline(entry);
}

/** Whether day, name and call id are what every place takes as parts of a path. */
export function hasSafePath({ date, name, callId }: LogEntry | StoredEntry): boolean {
  return DAY.test(date) && SAFE_NAME.test(name) && SAFE_NAME.test(callId);
}

/** Whether an earlier try, or this one, has decided that the record goes to the dead letters. */
export function isGivenUp(entry: BatchEntry): entry is GivenUpEntry {
  return entry.givenUp !== undefined;
}

function isEntry(value: unknown): value is BatchEntry {
  if (!isObject(value)) return false;
  const { callId, date, name, json, stored, givenUp } = value;
  if (givenUp !== undefined && !isGivingUp(givenUp)) return false;
  if (![callId, date, name].every((part) => typeof part === 'string')) return false;
  return typeof json === 'string' || (isObject(stored) && isReference(stored));
}

function isReference({ path, bytes, sha256 }: Record<string, unknown>): boolean {
  return typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string';
}

function isGivingUp(value: unknown): value is GivingUp {
  return isObject(value) && typeof value['reason'] === 'string' && typeof value['at'] === 'string';
}

function isTally(value: unknown): value is Required<LogBatch>['done'] {
  return isObject(value) && typeof value['written'] === 'number' && typeof value['deadLettered'] === 'number';
}
