import { createHash } from 'node:crypto';
import { serialiseRecord } from '../../entry/serialise-record';
import type { LogEntry, StoredEntry } from '../../entry/log-entry';
import type { WriteResult } from '../record-store.port';

const START = Date.UTC(2026, 10, 21, 12) / 1000;
export const DAY = '2026-11-21';

/** A record as the gateway makes it. */
export function entryOf(id: string, callId = `call-${id}`, more: object = {}): LogEntry {
  return serialiseRecord({ id, litellm_call_id: callId, startTime: START, ...more });
}

export function entriesOf(count: number, more: object = {}): LogEntry[] {
  return Array.from({ length: count }, (_, index) => entryOf(`chatcmpl-${index}`, `call-${index}`, more));
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The reference that stands for a record that was written directly. */
export function referenceTo({ json, ...entry }: LogEntry, result: WriteResult | undefined): StoredEntry {
  const path = result === undefined || result.outcome === 'refused' ? '' : result.path;
  return { ...entry, stored: { path, bytes: Buffer.byteLength(json), sha256: sha256Of(json) } };
}
