import { Transform, type TransformCallback } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';

/** More than anybody sends; each one multiplies what a small body can grow to. */
const MOST_ENCODINGS = 3;

const DECODERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', () => new EitherInflate()],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/**
 * What undoes a `content-encoding`, in the order in which it is to be done.
 *
 * @returns an empty list for a body that is not encoded; undefined when an encoding is not known
 */
export function decodersFor(contentEncoding: string): Transform[] | undefined {
  const names = contentEncoding.split(',').map((name) => name.trim().toLowerCase());
  const encodings = names.filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > MOST_ENCODINGS || encodings.some((name) => !DECODERS.has(name))) return undefined;
  // The header names them in the order in which they were applied (RFC 9110, section 8.4).
  return encodings.toReversed().map((name) => (DECODERS.get(name) as () => Transform)());
}

/**
 * Undoes `deflate` in both forms that clients send: in a zlib wrapper, as RFC 9110 has it, and without one. The first
 * byte tells them apart: its low half is 8 only in a wrapper (RFC 1950, section 2.2).
 */
class EitherInflate extends Transform {
  private inner: Transform | undefined;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.inner ??= this.open((chunk[0] as number) % 16 === 8 ? createInflate() : createInflateRaw());
    this.inner.write(chunk, (error) => done(error));
  }

  override _flush(done: TransformCallback): void {
    if (this.inner === undefined) return done(new Error('unexpected end of file'));
    // What follows the compressed bytes is not read, so the end may have come before.
    if (this.inner.readableEnded) return done();
    this.inner.once('end', () => done()).end();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.inner?.destroy();
    done(error);
  }

  private open(inner: Transform): Transform {
    inner.on('data', (bytes: Buffer) => this.push(bytes));
    inner.on('error', (error) => this.destroy(error));
    return inner;
  }
}
