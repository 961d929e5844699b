import { decodeTime } from 'ulid';

const ULID_LENGTH = 26;

/** Key of a record: orders by time and tells the size, so that batches are made without reading records. */
export function recordKey(id: string, jsonBytes: number): string {
  return `${id}.${jsonBytes}`;
}

/** Bytes of the record's text. */
export function sizeOf(key: string): number {
  return Number(key.slice(ULID_LENGTH + 1));
}

/** Milliseconds since the epoch. */
export function appendedAt(key: string): number {
  return decodeTime(key.slice(0, ULID_LENGTH));
}
