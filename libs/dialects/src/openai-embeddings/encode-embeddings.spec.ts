import fc from 'fast-check';
import { encodeEmbeddings } from './encode-embeddings';

const reply = (...embeddings: unknown[]) => ({
  object: 'list',
  model: 'm',
  data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding, extra: true })),
  usage: { prompt_tokens: 1 },
});

describe(encodeEmbeddings.name, () => {
  it('writes 32-bit floats in little-endian order', () => {
    expect(encodeEmbeddings(reply([1, -2.5], [0]), 'base64')).toEqual(reply('AACAPwAAIMA=', 'AAAAAA=='));
    expect(encodeEmbeddings(reply('AACAPwAAIMA=', 'AAAAAA=='), 'float')).toEqual(reply([1, -2.5], [0]));
  });

  it('gives every 32-bit float back as it was', () => {
    const float = fc.float({ noNaN: true });
    fc.assert(
      fc.property(fc.array(float), (vector) => {
        const encoded = encodeEmbeddings(reply(vector), 'base64') ?? {};
        expect(encodeEmbeddings(encoded, 'float')).toEqual(reply(vector));
      }),
    );
  });

  it('changes only what is in the other format', () => {
    expect(encodeEmbeddings(reply([1], 'AACAPw=='), 'float')).toEqual(reply([1], [1]));
    expect(encodeEmbeddings(reply([1]), 'float')).toBeUndefined();
    expect(encodeEmbeddings(reply('AACAPw=='), 'base64')).toBeUndefined();
  });

  it.each([{}, { data: 7 }, { data: [null, 4, {}] }, reply(null), reply(['a']), reply('AAA=')])(
    'leaves alone what it does not know: %j',
    (unknown) => {
      expect(encodeEmbeddings(unknown, 'float')).toBeUndefined();
      expect(encodeEmbeddings(unknown, 'base64')).toBeUndefined();
    },
  );
});
