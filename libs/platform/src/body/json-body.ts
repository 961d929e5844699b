import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance } from 'fastify';

/**
 * Makes an app read JSON bodies only: parsed as the handler's body, and byte for byte as `request.rawBody`.
 * Keys such as `__proto__` are data here: bodies are forwarded and read, never merged into objects.
 *
 * @throws SallyportError (to the caller) `invalid_json` for text that is not JSON or not UTF-8
 */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(/^application\/(?:[\w.+-]+\+)?json\b/, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    try {
      const value: unknown = JSON.parse(decodeUtf8(bytes));
      request.rawBody = bytes;
      done(null, value);
    } catch (error) {
      done(new SallyportError('invalid_json', 'The request body is not valid JSON', { cause: error }));
    }
  });
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Buffer): string {
  return UTF8.decode(bytes);
}
