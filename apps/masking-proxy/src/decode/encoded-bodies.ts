import type { Readable, Transform } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { MaskingSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance } from 'fastify';
import { MASKING_SETTINGS } from '../settings';
import { decodersFor } from './body-decoders';

/**
 * Decodes request bodies before they are read. A body in an encoding that is not known is refused: what cannot be read
 * cannot be masked.
 *
 * @throws SallyportError (to the caller) `unsupported_media_type`
 */
@Injectable()
export class EncodedBodies implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
  ) {}

  /** Puts the decoders before whatever reads bodies. */
  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('preParsing', (request, _reply, payload, done) => {
      const decoders = decodersFor(request.headers['content-encoding'] ?? 'identity');
      if (decoders === undefined) {
        return done(new SallyportError('unsupported_media_type', 'The content-encoding of the body is not known'));
      }
      if (decoders.length === 0) return done(null, payload);
      // The length that the client announced is that of the encoded body.
      delete request.headers['content-length'];
      done(
        null,
        decoders.reduce<Readable>((encoded, decoder) => this.decode(encoded, decoder), payload),
      );
    });
  }

  /**
   * A small body may decode to a huge one: decoding stops where the reader gives up because of its limit, and when the
   * client goes away.
   */
  private decode(encoded: Readable, decoder: Transform): Transform {
    const { maxBodyBytes } = this.settings;
    let size = 0;
    decoder.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) decoder.destroy(tooLarge());
    });
    encoded.once('error', (error) => decoder.destroy(error));
    // The reader takes errors while it reads; one that comes after it gave up has nobody to be told.
    decoder.on('error', () => undefined);
    return encoded.pipe(decoder);
  }
}

function tooLarge(): SallyportError {
  return new SallyportError('body_too_large', 'The request body is larger than allowed');
}
