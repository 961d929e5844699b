import { Environment, Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { checkStream } from '@sallyport/testing';
import { setImmediate } from 'node:timers/promises';
import { chunksOf, providerSettings, textOf, withoutIdAndTime } from '../provider-call.fixture';
import { ScriptedCohere } from './cohere.fixture';
import { cohereProvider } from './cohere.provider';

// Wire form: https://docs.cohere.com/v2/reference/chat-stream
const frame = (event: object): string => `event: x\ndata: ${JSON.stringify(event)}\n\n`;
const delta = (type: string, message: object, index = 0): string => frame({ type, index, delta: { message } });
const END = frame({
  type: 'message-end',
  delta: { finish_reason: 'COMPLETE', usage: { tokens: { input_tokens: 12, output_tokens: 3 } } },
});
const STREAM = [
  frame({ type: 'message-start', id: 'm-1' }),
  delta('content-start', { content: { type: 'thinking', thinking: '' } }),
  delta('content-delta', { content: { thinking: 'Hm' } }),
  frame({ type: 'content-end', index: 0 }),
  delta('content-start', { content: { type: 'text', text: '' } }, 1),
  delta('content-delta', { content: { text: 'Grüß ' } }, 1),
  delta('content-delta', { content: { text: 'Gott 😀' } }, 1),
  frame({ type: 'content-end', index: 1 }),
  END,
].join('');

let cohere: ScriptedCohere;

beforeEach(() => {
  cohere = new ScriptedCohere();
});

function streamed(...parts: (string | Uint8Array)[]): void {
  cohere.http.script(() => ({ headers: { 'content-type': 'text/event-stream' }, chunks: parts }));
}

describe('a stream of Cohere', () => {
  it('is the same, wherever it is cut', async () => {
    const bytes = Buffer.from(STREAM);
    let expected: string | undefined;
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      streamed(bytes.subarray(0, cut), bytes.subarray(cut));
      const stream = await textOf(await cohere.ask({ stream: true, stream_options: { include_usage: true } }));
      const plain = withoutIdAndTime(stream);
      expect((expected ??= plain)).toBe(plain);
    }
    expect(cohere.sent()).toMatchObject({ stream: true });
    expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
    expect(chunksOf(expected ?? '')).toMatchObject([
      { choices: [{ delta: { role: 'assistant' } }], usage: null },
      { choices: [{ delta: { reasoning_content: 'Hm' } }] },
      { choices: [{ delta: { content: 'Grüß ' } }] },
      { choices: [{ delta: { content: 'Gott 😀' } }] },
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } },
    ]);
  });

  it('counts its calls, with arguments in pieces or none', async () => {
    const start = (id: string): string =>
      delta('tool-call-start', {
        tool_calls: { id, type: 'function', function: { name: 'weather', arguments: '' } },
      });
    const piece = (args: string): string => delta('tool-call-delta', { tool_calls: { function: { arguments: args } } });
    const stop = frame({ type: 'tool-call-end', index: 0 });
    const end = END.replace('COMPLETE', 'TOOL_CALL');
    streamed(start('a'), piece('{"ci'), piece('ty":1}'), stop, start('b'), stop, end);
    const stream = await textOf(await cohere.ask({ stream: true }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    const calls = chunksOf(stream).flatMap((chunk) => {
      const { choices } = chunk as { choices: { delta: { tool_calls?: unknown[] } }[] };
      return choices[0]?.delta.tool_calls ?? [];
    });
    expect(calls).toMatchObject([
      { index: 0, id: 'a', function: { name: 'weather', arguments: '' } },
      { index: 0, function: { arguments: '{"ci' } },
      { index: 0, function: { arguments: 'ty":1}' } },
      { index: 1, id: 'b', function: { name: 'weather', arguments: '' } },
      { index: 1, function: { arguments: '{}' } },
    ]);
  });

  it('that ends too early is no reply', async () => {
    streamed(STREAM.replace(END, ''));
    await expect(textOf(await cohere.ask({ stream: true }))).rejects.toMatchObject({
      code: 'upstream_interrupted',
      retryable: true,
    });
    streamed('');
    await expect(cohere.ask({ stream: true })).rejects.toMatchObject({ code: 'upstream_interrupted' });
  });

  it('that breaks off fails with what the network says', async () => {
    const breaks = new SallyportError('upstream_interrupted', 'broken', { retryable: true });
    const headers = { 'content-type': 'text/event-stream' };
    cohere.http.script(() => ({ headers, chunks: [STREAM.replace(END, '')], breaks }));
    await expect(cohere.ask({ stream: true }).then(textOf)).rejects.toBe(breaks);
    cohere.http.script(() => ({ headers, chunks: [], breaks }));
    await expect(cohere.ask({ stream: true })).rejects.toBe(breaks);
  });

  it('that cannot be read ends in an error', async () => {
    streamed(STREAM.replace(END, 'data: {"type":"content-delta"}\n\n'), END);
    const stream = await textOf(await cohere.ask({ stream: true }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(chunksOf(stream).at(-1)).toEqual({
      error: { message: 'The upstream sent what cannot be read', type: 'server_error', param: null, code: null },
    });
  });

  it('stops with the client, before and behind its beginning', async () => {
    const headers = { 'content-type': 'text/event-stream' };
    cohere.http.script(() => ({ headers, chunks: [STREAM.replace(END, '')], stalls: true }));
    const reading = textOf(await cohere.ask({ stream: true }));
    const reason = new Error('gone');
    cohere.abort.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(cohere.ask({ stream: true })).rejects.toBe(reason);
  });

  it('lets go of the connection when the client leaves', async () => {
    let closed = false;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield await Promise.resolve(Buffer.from(delta('content-delta', { content: { text: 'a' } })));
      } finally {
        closed = true;
      }
    };
    const headers = { 'content-type': 'text/event-stream' };
    const port = { send: () => Promise.resolve({ status: 200, headers, body: body() }) };
    const made = cohereProvider(providerSettings({ apiKey: new Secret('k') }), {
      env: new Environment({}),
      http: port,
    });
    for await (const chunk of (await made.call(cohere.callOf({ stream: true }))).body) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    // The streams in between pass it on one by one.
    await setImmediate();
    expect(closed).toBe(true);
  });
});
