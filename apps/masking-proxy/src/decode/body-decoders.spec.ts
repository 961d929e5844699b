import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { decodersFor } from './body-decoders';

const TEXT = Buffer.from(JSON.stringify({ text: 'value '.repeat(2_000), more: Math.PI }));

/** Decodes `bytes` as they come in chunks of `size`. */
async function decode(encoding: string, bytes: Buffer, size = 7): Promise<Buffer> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, at * size + size),
  );
  const decoders = decodersFor(encoding);
  if (decoders === undefined) throw new Error('not known');
  const last = decoders.at(-1);
  const [decoded] = await Promise.all([
    buffer(last as NodeJS.ReadableStream),
    pipeline([Readable.from(chunks), ...decoders]),
  ]);
  return decoded;
}

describe(decodersFor.name, () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['X-GZIP', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['deflate', deflateSync(TEXT, { level: 0 })],
    ['deflate', deflateRawSync(TEXT, { level: 0 })],
    ['deflate', deflateSync(TEXT, { windowBits: 9 })],
    ['identity, gzip', gzipSync(TEXT)],
    ['gzip , br', brotliCompressSync(gzipSync(TEXT))],
    ['deflate, zstd, gzip', gzipSync(zstdCompressSync(deflateRawSync(TEXT)))],
  ])('undoes %s', async (encoding, bytes) => {
    expect((await decode(encoding, bytes)).equals(TEXT)).toBe(true);
    expect((await decode(encoding, bytes, bytes.length)).equals(TEXT)).toBe(true);
  });

  it.each(['', 'identity', ' Identity , '])('has nothing to undo for %j', (encoding) => {
    expect(decodersFor(encoding)).toEqual([]);
  });

  it.each(['lzma', 'compress', 'gzip, aes128gcm', 'gzip;q=1', 'gzip,gzip,gzip,gzip'])(
    'does not know %s',
    (encoding) => {
      expect(decodersFor(encoding)).toBeUndefined();
    },
  );

  it.each([
    ['br', Buffer.from('{"a":1}')],
    ['deflate', Buffer.from('{"a":1}')],
    ['deflate', deflateSync(TEXT).subarray(0, -9)],
    ['deflate', deflateRawSync(TEXT).subarray(0, -9)],
    ['deflate', Buffer.alloc(0)],
    ['gzip', gzipSync(TEXT).subarray(0, -9)],
  ])('fails for %s that is not true or not whole', async (encoding, bytes) => {
    await expect(decode(encoding, bytes)).rejects.toThrow();
  });

  it('ends where compressed bytes end before the body does', async () => {
    const bytes = Buffer.concat([deflateSync(TEXT), Buffer.alloc(300, 'x')]);
    expect((await decode('deflate', bytes)).equals(TEXT)).toBe(true);
  });
});
