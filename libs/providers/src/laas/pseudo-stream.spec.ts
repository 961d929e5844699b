import { SallyportError } from '@sallyport/dialects';
import { checkStream, type FakeHttpReply } from '@sallyport/testing';
import { chunksOf, textOf } from '../provider-call.fixture';
import { CLASSIC, ENNOIA, ScriptedLaas, type LaasSetup } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('a stream in pieces', () => {
  const streamOf = async (body: object, reply: object = CLASSIC, setup: LaasSetup = {}): Promise<string> => {
    laas.http.script(() => ({ json: reply }));
    const answer = await laas.ask({ stream: true, ...body }, setup);
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
    return textOf(answer);
  };
  const contentOf = (frames: Record<string, unknown>[]): string[] =>
    frames.flatMap((frame) => {
      const [choice] = frame['choices'] as { delta: { content?: string } }[];
      return choice?.delta.content ? [choice.delta.content] : [];
    });

  it('obeys the grammar, ends with usage when it is asked for, and sends LaaS no stream', async () => {
    const stream = await streamOf({ stream_options: { include_usage: true } });
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(stream.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(chunksOf(stream).at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 5 } });
    expect(chunksOf(stream).at(-2)).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    expect(laas.sent()).not.toHaveProperty('stream');
    expect(new Set(chunksOf(stream).map(({ model }) => model))).toEqual(new Set(['claude-4-sonnet']));
  });

  it.each([
    [7, 7],
    [30, 30],
    [31, 16],
    [300, 30],
    [301, 28],
  ])('cuts %i characters into %i pieces, none of them in two', async (length, pieces) => {
    const content = '😀'.repeat(length);
    const reply = { ...CLASSIC, choices: [{ index: 0, message: { role: 'assistant', content } }] };
    const frames = chunksOf(await streamOf({}, reply));
    expect(contentOf(frames)).toHaveLength(pieces);
    expect(contentOf(frames).join('')).toBe(content);
    expect(frames.some((frame) => 'usage' in frame)).toBe(false);
  });

  it('streams a reply of ennoia, and one that says nothing', async () => {
    const stream = await streamOf({}, ENNOIA);
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(contentOf(chunksOf(stream)).join('')).toBe('Hello');
    const empty = { choices: [{ index: 0, message: { role: 'assistant', content: '' } }] };
    expect(checkStream('openai-chat', await streamOf({}, empty))).toEqual([]);
  });

  it('begins before a slow answer is there, and fails in the stream then', async () => {
    let answer: (reply: FakeHttpReply) => void = () => undefined;
    laas.http.script(() => new Promise((resolve) => (answer = resolve)));
    const slow = { params: { stream_patience_ms: 0 } };
    const reply = await laas.ask({ stream: true }, slow);
    expect(reply.status).toBe(200);
    answer({ json: CLASSIC });
    expect(checkStream('openai-chat', await textOf(reply))).toEqual([]);

    const refused = await laas.ask({ stream: true }, slow);
    answer({ status: 429, json: { message: 'slow down' } });
    const stream = await textOf(refused);
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(chunksOf(stream)).toEqual([
      { error: { message: 'LaaS API HTTP error: slow down', type: 'rate_limit_error', param: null, code: null } },
    ]);
  });

  it('throws in the stream when the network fails behind its beginning', async () => {
    let fail: (error: Error) => void = () => undefined;
    laas.http.script(() => new Promise((_, reject) => (fail = reject)));
    const reply = await laas.ask({ stream: true }, { params: { stream_patience_ms: 0 } });
    const failure = new SallyportError('upstream_failed', 'gone', { retryable: true });
    fail(failure);
    await expect(textOf(reply)).rejects.toBe(failure);
  });

  it('stops when the client goes', async () => {
    const reply = await laas.ask({ stream: true }, { params: { stream_piece_delay_ms: 60_000 } });
    const reading = textOf(reply);
    const reason = new Error('gone');
    laas.abort.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});
