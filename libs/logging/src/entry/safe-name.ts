import { createHash } from 'node:crypto';

/**
 * File systems take 255 bytes per name. This leaves room for what follows it: `.`, a call id of at most
 * {@link MAX_CALL_ID} and `.json`.
 */
const MAX_NAME = 160;
const MAX_CALL_ID = 64;
const DIGEST_LENGTH = 32;

/**
 * Turns an id into a file name: every character outside `[A-Za-z0-9._-]` becomes `_`, an empty id `unknown`, the names
 * `.` and `..` `_` and `__`. A name over 160 characters is cut and ends in a digest of the whole id, so that long ids
 * that begin alike keep files of their own.
 */
export function safeName(id: string): string {
  return safe(id, MAX_NAME);
}

/** The same for the call id that tells records with the same name apart; at most 64 characters. */
export function safeCallId(callId: string): string {
  return safe(callId, MAX_CALL_ID);
}

function safe(text: string, limit: number): string {
  if (text === '') return 'unknown';
  const name = text.replace(/[^A-Za-z0-9._-]/g, '_');
  if (name === '.' || name === '..') return name.replaceAll('.', '_');
  if (name.length <= limit) return name;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
  return `${name.slice(0, limit - DIGEST_LENGTH - 1)}-${digest}`;
}
