import type { IncomingMessage } from 'node:http';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';

/**
 * Refuses encoded request bodies before they are read: what cannot be read cannot be masked.
 *
 * @throws SallyportError `unsupported_media_type`
 */
@Injectable()
export class PlainBodyMiddleware implements NestMiddleware<IncomingMessage> {
  use(request: IncomingMessage, _response: unknown, next: () => void): void {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw new SallyportError('unsupported_media_type', 'Send the body without content-encoding');
    }
    next();
  }
}
