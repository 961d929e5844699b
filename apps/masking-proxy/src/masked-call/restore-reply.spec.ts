import { SallyportError } from '@sallyport/dialects';
import { createReplyRestorer, DEFAULT_FETCH_TOOLS, TokenGrants } from '@sallyport/masking';
import { restoreStream } from './restore-reply';

const delta = (text: string): string => `data: {"choices":[{"index":0,"delta":{"content":"${text}"}}]}\n\n`;

describe(restoreStream.name, () => {
  it('gives out and remembers what was held back when the upstream breaks off', async () => {
    const grants = new TokenGrants({ mint: () => 'MSKMAIL0123456789ABC' });
    grants.tokenFor('email', 'alice@example.com');
    const restorer = createReplyRestorer('openai-chat', {
      grants,
      sinks: { fetchTools: DEFAULT_FETCH_TOOLS },
      needsMemory: () => false,
    });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(delta('a MSKMAIL0123456789ABC MSKM'));
      await Promise.reject(new SallyportError('upstream_interrupted', 'It broke off'));
    }
    const calls: string[] = [];
    const relay = {
      endpoint: 'openai-chat',
      requestId: 'r',
      restorer,
      maxEventBytes: 1024,
      remember: () => {
        calls.push(...restorer.texts.map(({ restored }) => restored));
        return Promise.resolve();
      },
      ended: () => calls.push('ended'),
    } as const;
    let text = '';
    for await (const chunk of restoreStream(broken(), relay)) text += Buffer.from(chunk).toString();
    expect(text.match(/"content":"[^"]*"|"error"/g)).toEqual([
      '"content":"a alice@example.com "',
      '"content":"MSKM"',
      '"error"',
    ]);
    expect(calls).toEqual(['a alice@example.com MSKM', 'ended']);
  });
});
