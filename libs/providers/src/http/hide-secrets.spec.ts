import { hideSecrets } from './hide-secrets';

async function hidden(chunks: readonly Uint8Array[], secrets: readonly string[]): Promise<string> {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const pieces = [];
  for await (const piece of hideSecrets(body(), secrets)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe(hideSecrets.name, () => {
  const text = 'Grüße: sk-upstream-1 and sk-upstream-1, Bearer tokén-22🚀';
  const clean = 'Grüße: [secret] and [secret], Bearer [secret]🚀';
  const secrets = ['sk-upstream-1', 'tokén-22'];

  it('finds every secret wherever the bytes are cut', async () => {
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await hidden([bytes.subarray(0, at), bytes.subarray(at)], secrets)).toBe(clean);
    }
    expect(
      await hidden(
        Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
        secrets,
      ),
    ).toBe(clean);
  });

  it('leaves what holds no secret as it is, and takes nothing short for one', async () => {
    expect(await hidden([Buffer.from(text)], ['Grüße', 'nowhere-in-it'])).toBe(text);
    expect(await hidden([Buffer.from(text)], [])).toBe(text);
    expect(await hidden([], secrets)).toBe('');
  });
});
