import { createHash } from 'node:crypto';

const ACCEPTED = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * A tool call's id in a form that every API accepts: letters, digits, `_` and `-`, 64 at most. An id that is fine
 * stays; any other gets a digest of itself, so that a call and its result keep meeting and two ids stay two.
 */
export function safeToolCallId(id: string): string {
  if (ACCEPTED.test(id)) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 47)}_${digest}`;
}
