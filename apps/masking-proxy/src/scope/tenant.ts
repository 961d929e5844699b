import { SallyportError } from '@sallyport/dialects';
import type { FastifyRequest } from 'fastify';

/** A tenant is whoever holds a key: its name is a digest, so that it says nothing of the key. */
export function tenantOf({ apiKey }: FastifyRequest): string {
  // A route without a key must not fall into a tenant that all such routes share.
  if (apiKey === undefined)
    throw new SallyportError('missing_key', 'Send an API key as Authorization: Bearer or X-API-Key');
  return apiKey.fingerprint();
}
