import type { HttpHeaders } from '@sallyport/providers';
import type { FastifyReply } from 'fastify';

/**
 * Cuts a wait that an upstream asks for to a limit. Official SDKs sleep as long as they are told, so an absurd value
 * would stop a client for good.
 *
 * @param headers of the upstream's reply; those that are within the limit have been passed on
 */
export function limitRetryAfter(headers: HttpHeaders, reply: FastifyReply, maxSeconds: number): void {
  if (waitOf(headers) <= maxSeconds * 1000) return;
  reply.header('retry-after', String(maxSeconds)).removeHeader('retry-after-ms');
}

/** Milliseconds to wait, by the longest of an upstream's words (seconds, milliseconds or a date); 0 without any. */
function waitOf({ 'retry-after': wait = '', 'retry-after-ms': waitMs = '' }: HttpHeaders): number {
  const seconds = Number(wait);
  const fromWait = Number.isNaN(seconds) ? Date.parse(String(wait)) - Date.now() : seconds * 1000;
  return Math.max(fromWait || 0, Number(waitMs) || 0);
}
