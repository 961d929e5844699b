import { checkStream } from '@sallyport/testing';
import { chunksOf, textOf, withoutIdAndTime } from '../provider-call.fixture';
import { geminiReply, ScriptedVertex } from './vertex.fixture';

const frame = (value: object): string => `data: ${JSON.stringify(value)}\r\n\r\n`;
const STREAM =
  frame(geminiReply([{ text: 'Hm', thought: true }])) +
  frame(geminiReply([{ text: 'Grüß ' }])) +
  frame(geminiReply([{ text: 'Gott 😀' }])) +
  frame(geminiReply([], 'STOP'));

let vertex: ScriptedVertex;

beforeEach(() => {
  vertex = new ScriptedVertex();
});

describe('a stream of Vertex', () => {
  it('is the same, wherever it is cut', async () => {
    const bytes = Buffer.from(STREAM);
    const made = vertex.provider();
    let expected: string | undefined;
    for (let cut = 0; cut <= bytes.length; cut += 11) {
      vertex.answer(() => ({
        headers: { 'content-type': 'text/event-stream' },
        chunks: [bytes.subarray(0, cut), bytes.subarray(cut)],
      }));
      const stream = await textOf(
        await made.call(vertex.callOf({ stream: true, stream_options: { include_usage: true } })),
      );
      const plain = withoutIdAndTime(stream);
      expect((expected ??= plain)).toBe(plain);
    }
    expect(vertex.http.requests.at(-1)?.url).toMatch(/:streamGenerateContent\?alt=sse$/);
    expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
    expect(chunksOf(expected ?? '')).toMatchObject([
      {},
      { choices: [{ delta: { reasoning_content: 'Hm' } }] },
      { choices: [{ delta: { content: 'Grüß ' } }] },
      { choices: [{ delta: { content: 'Gott 😀' } }] },
      { choices: [{ finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
    ]);
  });

  it('carries whole calls', async () => {
    const calls = frame(
      geminiReply([{ functionCall: { name: 'a', args: {} } }, { functionCall: { name: 'b', args: { c: 1 } } }], 'STOP'),
    );
    vertex.answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: [calls] }));
    const stream = await textOf(await vertex.ask({ stream: true }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(stream).toContain('"name":"b"');
    expect(stream).toContain(String.raw`{\"c\":1}`);
    expect(chunksOf(stream).at(-1)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
  });

  it('that is cut short is none', async () => {
    const cut = frame(geminiReply([{ text: 'x' }]));
    vertex.answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: [cut] }));
    await expect(vertex.ask({ stream: true }).then(textOf)).rejects.toMatchObject({ code: 'upstream_interrupted' });
  });

  it('that failed at the model ends in an error', async () => {
    const frames = [frame(geminiReply([{ text: 'x' }])), frame(geminiReply([], 'MALFORMED_FUNCTION_CALL'))];
    vertex.answer(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: frames }));
    const stream = await textOf(await vertex.ask({ stream: true }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(chunksOf(stream).at(-1)).toMatchObject({ error: { message: 'The model stopped: MALFORMED_FUNCTION_CALL' } });
  });
});
