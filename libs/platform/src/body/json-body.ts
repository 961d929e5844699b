import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance } from 'fastify';
import { nestsDeeperThan } from './json-depth';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?=\s*(?:;|$))/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * Makes an app read JSON bodies only: parsed as the handler's body, and byte for byte as `request.rawBody`.
 * Keys such as `__proto__` are data here: bodies are forwarded and read, never merged into objects. Nothing at all is no
 * body, as some SDKs name a content type on every call, also on a cancellation.
 *
 * @param maxDepth how many containers may enclose a value
 * @throws SallyportError (to the caller) `invalid_json` for text that is not JSON, not UTF-8 or nested too deep, and
 * `unsupported_media_type` for another charset
 */
export function acceptJsonBodies(fastify: FastifyInstance, maxDepth = Infinity): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (bytes.length === 0) return done(null, undefined);
    const charset = CHARSET.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
    if (!/^utf-?8$/i.test(charset)) {
      return done(new SallyportError('unsupported_media_type', 'The body must be sent in UTF-8'));
    }
    if (nestsDeeperThan(maxDepth, bytes)) {
      return done(new SallyportError('invalid_json', `The request body is nested deeper than ${maxDepth} levels`));
    }
    try {
      const value: unknown = JSON.parse(UTF8.decode(bytes));
      request.rawBody = bytes;
      done(null, value);
    } catch (error) {
      done(new SallyportError('invalid_json', 'The request body is not valid JSON', { cause: error }));
    }
  });
}

/** A byte order mark is kept, and so is no JSON (RFC 8259, section 8.1): the bytes are forwarded as they came. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Refuses bodies that are still encoded when they are about to be read. To be called after the app's modules have
 * added their hooks: one that decodes puts its own stream in the place of the request's.
 *
 * @throws SallyportError (to the caller) `unsupported_media_type`
 */
export function refuseEncodedBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    if (encoding === 'identity' || payload !== request.raw) return done(null, payload);
    done(new SallyportError('unsupported_media_type', 'The body must be sent without a content-encoding'));
  });
}
