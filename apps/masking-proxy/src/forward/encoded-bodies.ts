import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { MaskingSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyInstance } from 'fastify';
import { MASKING_SETTINGS } from '../settings';

const DECODERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

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

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('preParsing', (request, _reply, payload, done) => {
      const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
      if (encoding === 'identity') return done(null, payload);
      const decoder = DECODERS.get(encoding)?.();
      if (decoder === undefined) {
        return done(new SallyportError('unsupported_media_type', 'The content-encoding of the body is not known'));
      }
      // The length that the client announced is that of the encoded body.
      delete request.headers['content-length'];
      supervise(decoder, payload, this.settings.maxBodyBytes);
      done(null, payload.pipe(decoder));
    });
  }
}

/**
 * A small body may decode to a huge one: decoding stops where the reader gives up because of its limit, and when the
 * client goes away.
 */
function supervise(decoder: Transform, encoded: Readable, maxBytes: number): void {
  let size = 0;
  decoder.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) decoder.destroy();
  });
  encoded.once('error', (error) => decoder.destroy(error));
  // The reader takes errors while it reads; one that comes after it gave up has nobody to be told.
  decoder.on('error', () => undefined);
}
