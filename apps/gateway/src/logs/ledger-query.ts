import { SallyportError } from '@sallyport/dialects';
import type { LedgerQuery } from '../recording/record-sink.port';

/** Entries of a page when the caller names no number, and at most. */
const DEFAULT_LIMIT = 1_000;
export const MAX_LIMIT = 10_000;

/** The query of a call for a ledger, as it was sent. */
export interface LedgerParameters {
  readonly date?: unknown;
  readonly after?: unknown;
  readonly limit?: unknown;
}

/** @throws SallyportError `invalid_request` that names the wrong parameter */
export function readLedgerQuery({ date, after, limit }: LedgerParameters): { date: string; page: LedgerQuery } {
  if (!isDate(date)) throw wrong('date', 'must be a day, as YYYY-MM-DD');
  if (after !== undefined && (typeof after !== 'string' || after === '')) {
    throw wrong('after', 'must be the `next` of the page before');
  }
  return { date, page: { after, limit: limitOf(limit) } };
}

function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // The 30th of February is read as a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function limitOf(text: unknown): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw wrong('limit', `must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

function wrong(param: string, what: string): SallyportError {
  return new SallyportError('invalid_request', `${param} ${what}`, { param });
}
