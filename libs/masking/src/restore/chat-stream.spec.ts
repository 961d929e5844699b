import { openAiDeltaStream } from '@sallyport/testing';
import { CLEAR_ARGS, CLEAR_TEXT, joinDeltas, MAIL, MASKED_ARGS, run, splits, TEXT } from './streamed-reply.fixture';
import { dataOf, eventsOf, pieces, type Json } from './streams.fixture';

const tool = (index: number, fields: object): object => ({ tool_calls: [{ index, ...fields }] });
const OPENAI = openAiDeltaStream(
  [
    ...pieces(TEXT).map((content) => ({ content })),
    { reasoning_content: TEXT },
    tool(0, { id: 'call_1', type: 'function', function: { name: 'send', arguments: '' } }),
    ...pieces(MASKED_ARGS).map((part) => tool(0, { function: { arguments: part } })),
    tool(1, { id: 'call_2', type: 'function', function: { name: 'send', arguments: MAIL.slice(0, 9) } }),
    tool(2, { id: 'call_3', type: 'custom', custom: { name: 'run', input: '' } }),
    tool(2, { custom: { input: TEXT } }),
  ],
  'tool_calls',
);

const joinOpenAi = (bytes: Uint8Array): Record<string, string> =>
  joinDeltas(dataOf(bytes).flatMap(({ choices }) => (choices as { delta: Json }[]).map(({ delta }) => delta)));

describe('a streamed OpenAI reply', () => {
  const stream = Buffer.from(OPENAI.join(''));
  const whole = run('openai-chat', [stream]);

  it('has every text of the choice restored', () => {
    expect(joinOpenAi(whole)).toEqual({
      content: CLEAR_TEXT,
      reasoning_content: CLEAR_TEXT,
      '0.arguments': CLEAR_ARGS,
      '1.arguments': MAIL.slice(0, 9),
      '2.input': CLEAR_TEXT,
    });
  });

  it('sends what it held back before the next tool call and before the finish reason', () => {
    const chunks = dataOf(whole) as {
      choices: { delta: { tool_calls?: { index: number }[] }; finish_reason: unknown }[];
    }[];
    const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls?.[0]?.index ?? []);
    expect(calls).toEqual(calls.toSorted((a, b) => a - b));
    const finish = chunks.findIndex(({ choices }) => choices[0]?.finish_reason === 'tool_calls');
    expect(finish).toBe(chunks.length - 2);
    expect(eventsOf(whole).at(-1)?.data).toBe('[DONE]');
  });

  it('gives the chunks that it adds the identity of the stream', () => {
    const identities = new Set(
      dataOf(whole).map(({ id, object, created, model }) => JSON.stringify([id, object, created, model])),
    );
    expect(identities.size).toBe(1);
  });

  it('is the same at every split point', () => {
    for (const { at, chunks } of splits(stream)) {
      const bytes = run('openai-chat', chunks);
      if (!bytes.equals(whole)) expect([at, joinOpenAi(bytes)]).toEqual([at, joinOpenAi(whole)]);
    }
    expect(
      run(
        'openai-chat',
        Array.from(stream, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
  });

  it('ends a text inside the chunk that finishes it, and before [DONE] when nothing does', () => {
    const chunk = (content: string, finish_reason: string | null): string =>
      `data: ${JSON.stringify({ id: 'c', choices: [{ index: 1, delta: { content }, finish_reason }] })}\n\n`;
    const finished = run('openai-chat', [Buffer.from(chunk(`x ${MAIL.slice(0, 4)}`, 'stop'))]);
    expect(finished.toString()).toBe(chunk(`x ${MAIL.slice(0, 4)}`, 'stop'));
    const open = run('openai-chat', [Buffer.from(`${chunk(`x ${MAIL.slice(0, 4)}`, null)}data: [DONE]\n\n`)]);
    expect(joinOpenAi(open)).toEqual({ content: `x ${MAIL.slice(0, 4)}` });
    expect(open.toString().endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('keeps choices apart', () => {
    const chunk = (index: number, content: string): string =>
      `data: ${JSON.stringify({ choices: [{ index, delta: { content }, finish_reason: null }] })}\n\n`;
    const [head, rest] = [MAIL.slice(0, 9), MAIL.slice(9)];
    const bytes = run('openai-chat', [
      Buffer.from([chunk(0, head), chunk(1, head), chunk(0, rest), chunk(1, '?')].join('')),
    ]);
    const texts = [0, 1].map((wanted) =>
      dataOf(bytes)
        .flatMap(({ choices }) => choices as { index: number; delta: { content: string } }[])
        .flatMap(({ index, delta }) => (index === wanted ? [delta.content] : []))
        .join(''),
    );
    expect(texts).toEqual(['alice@example.com', `${head}?`]);
  });
});
