import { createHash, webcrypto } from 'node:crypto';

/** Above this size a digest is made beside the event loop, which it would hold up. */
const LARGE_CHARACTERS = 131_072;

/**
 * SHA-256 of a record's text in UTF-8, in hexadecimal. A promise only for large texts, so that small ones keep their
 * order.
 */
export function digestOf(json: string): string | Promise<string> {
  if (json.length <= LARGE_CHARACTERS) return createHash('sha256').update(json).digest('hex');
  return webcrypto.subtle.digest('SHA-256', Buffer.from(json)).then((digest) => Buffer.from(digest).toString('hex'));
}
