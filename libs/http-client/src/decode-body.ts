import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Unpacks a body, for upstreams that compress although they were asked not to.
 *
 * @param encoding value of `content-encoding`
 * @returns undefined when the encoding is not known: the body can then only be handed on as it is
 */
export function decodeBody(body: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<Uint8Array> | undefined {
  const decoder = DECODERS[encoding.trim().toLowerCase()]?.();
  if (decoder === undefined) return undefined;
  // Reading the decoder throws what ends the body; nobody else has to be told.
  return pipeline(Readable.from(body), decoder, () => undefined);
}
