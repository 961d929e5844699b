import { checkStream } from '@sallyport/testing';
import { chunksOf, textOf } from '../provider-call.fixture';
import { ScriptedLaas } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('a stream of LaaS itself', () => {
  const native = { params: { stream_native: true } };
  const HEADERS = { 'content-type': 'text/event-stream' };
  const frame = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (content: unknown, finish_reason: string | null = null): string =>
    frame({
      id: 'x',
      object: 'chat.completion.chunk',
      created: 1_700_000_000_123,
      model: 'openai/gpt-5',
      choices: [{ index: 0, delta: { role: 'assistant', content, tool_calls: [] }, finish_reason }],
    });
  const STREAM =
    chunk('Grüß ') + chunk([{ type: 'text', text: 'Gott 😀' }]) + chunk('', 'tool_calls') + 'data: [DONE]\n\n';

  it('asks for it and brings it into form, wherever it is cut', async () => {
    const bytes = Buffer.from(STREAM);
    let expected: string | undefined;
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      laas.http.script(() => ({ headers: HEADERS, chunks: [bytes.subarray(0, cut), bytes.subarray(cut)] }));
      const stream = (await textOf(await laas.ask({ stream: true }, native))).replaceAll(/chatcmpl-\w+/g, 'chatcmpl-1');
      expect((expected ??= stream)).toBe(stream);
    }
    expect(laas.sent()).toMatchObject({ stream: true });
    expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
    expect(chunksOf(expected ?? '')).toMatchObject([
      { created: 1_700_000_000, model: 'claude-4-sonnet', choices: [{ delta: { role: 'assistant' } }] },
      { choices: [{ delta: { content: 'Grüß ' } }] },
      { choices: [{ delta: { content: 'Gott 😀' } }] },
      { choices: [{ finish_reason: 'stop' }] },
    ]);
  });

  it('fails when it ends too early, and hands on a failure of its own', async () => {
    laas.http.script(() => ({ headers: HEADERS, chunks: [chunk('Hi')] }));
    await expect(textOf(await laas.ask({ stream: true }, native))).rejects.toMatchObject({
      code: 'upstream_interrupted',
    });
    laas.http.script(() => ({
      headers: HEADERS,
      chunks: [chunk('Hi'), frame({ error: { message: 'broken' } }), chunk('no')],
    }));
    const stream = await textOf(await laas.ask({ stream: true }, native));
    expect(chunksOf(stream).at(-1)).toMatchObject({ error: { message: 'broken' } });
  });

  it('cuts a whole reply into pieces when LaaS does not stream after all', async () => {
    expect(checkStream('openai-chat', await textOf(await laas.ask({ stream: true }, native)))).toEqual([]);
  });
});
