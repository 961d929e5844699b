import { Readable } from 'node:stream';
import { linesOf } from './lines';

async function linesIn(...chunks: Buffer[]): Promise<string[]> {
  const lines = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line.toString('utf8'));
  return lines;
}

describe(linesOf.name, () => {
  const text = Buffer.from('{"a":"é\u2028\r😀"}\n\n{"b":1}\r\nlast', 'utf8');
  const lines = ['{"a":"é\u2028\r😀"}', '{"b":1}\r', 'last'];

  it('gives the same lines wherever the bytes are split', async () => {
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const chunks = [text.subarray(0, first), text.subarray(first, second), text.subarray(second)];
        expect(await linesIn(...chunks)).toEqual(lines);
      }
    }
  });

  it('gives nothing for nothing', async () => {
    expect(await linesIn()).toEqual([]);
    expect(await linesIn(Buffer.from('\n\n'))).toEqual([]);
  });
});
