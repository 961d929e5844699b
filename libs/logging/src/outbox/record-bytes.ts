import type { LogEntry } from '../entry/log-entry';

const NEWLINE = 0x0a;

/**
 * A record as it lies on disk: a line with call id, date and name as JSON, then its text. LMDB's own encoder would keep
 * three times the size of the largest record in memory for ever.
 */
export function encodeRecord({ callId, date, name, json }: LogEntry): Buffer {
  return Buffer.from(`${JSON.stringify([callId, date, name])}\n${json}`);
}

export function decodeRecord(bytes: Buffer): LogEntry {
  const end = bytes.indexOf(NEWLINE);
  const [callId, date, name] = JSON.parse(bytes.toString('utf8', 0, end)) as [string, string, string];
  return { callId, date, name, json: bytes.toString('utf8', end + 1) };
}
