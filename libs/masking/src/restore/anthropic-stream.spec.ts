import { anthropicBlockStream, type ScriptedBlock } from '@sallyport/testing';
import {
  AWKWARD,
  CLEAR_ARGS,
  CLEAR_TEXT,
  joinDeltas,
  MAIL,
  MASKED_ARGS,
  ODD,
  run,
  splits,
  TEXT,
} from './streamed-reply.fixture';
import { dataOf, pieces, type Json } from './streams.fixture';

const textBlock = (text: string): ScriptedBlock => ({
  start: { type: 'text', text: '' },
  deltas: pieces(text).map((part) => ({ type: 'text_delta', text: part })),
});
const toolBlock = (type: string, input: string): ScriptedBlock => ({
  start: { type, id: 'toolu_1', name: 'send', input: {} },
  deltas: pieces(input).map((part) => ({ type: 'input_json_delta', partial_json: part })),
});
const THINKING: ScriptedBlock = {
  start: { type: 'thinking', thinking: '', signature: '' },
  deltas: [
    { type: 'thinking_delta', thinking: MAIL },
    { type: 'signature_delta', signature: MAIL },
  ],
};

const ANTHROPIC = anthropicBlockStream(
  [THINKING, textBlock(TEXT), toolBlock('tool_use', MASKED_ARGS), toolBlock('server_tool_use', MASKED_ARGS)],
  'tool_use',
);

const joinAnthropic = (bytes: Uint8Array): Record<string, string>[] =>
  [0, 1, 2, 3].map((index) =>
    joinDeltas(
      dataOf(bytes).flatMap((data) => (data['index'] === index && 'delta' in data ? [data['delta'] as Json] : [])),
    ),
  );

describe('a streamed Anthropic reply', () => {
  const stream = Buffer.from(ANTHROPIC.join(''));
  const whole = run('anthropic-messages', [stream]);

  it('has text and tool input restored, thinking and provider tools verbatim', () => {
    expect(joinAnthropic(whole)).toEqual([
      { thinking: MAIL, signature: MAIL },
      { text: CLEAR_TEXT },
      { partial_json: CLEAR_ARGS },
      { partial_json: MASKED_ARGS },
    ]);
  });

  it('has every delta of a block between its start and its stop, in the type of the block', () => {
    let open: unknown;
    for (const data of dataOf(whole)) {
      if (data['type'] === 'content_block_start') open = data['index'];
      if (data['type'] === 'content_block_delta') expect(data['index']).toBe(open);
      if (data['type'] === 'content_block_stop') open = undefined;
    }
    expect(dataOf(whole).at(-1)).toEqual({ type: 'message_stop' });
  });

  it('passes events without anything to restore as the same bytes', () => {
    const untouched = ANTHROPIC.filter((event) => !event.includes('text_delta') && !event.includes('input_json_delta'));
    for (const event of untouched) expect(whole.includes(event)).toBe(true);
  });

  it('is the same at every split point', () => {
    for (const { at, chunks } of splits(stream)) {
      const bytes = run('anthropic-messages', chunks);
      if (!bytes.equals(whole)) expect([at, joinAnthropic(bytes)]).toEqual([at, joinAnthropic(whole)]);
    }
    expect(
      run(
        'anthropic-messages',
        Array.from(stream, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
  });

  it('restores the text that a block starts with, citations, the stop sequence and error messages', () => {
    const send = (type: string, data: object): Buffer =>
      Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
    const bytes = run('anthropic-messages', [
      send('content_block_start', { index: 0, content_block: { type: 'text', text: `a ${MAIL.slice(0, 8)}` } }),
      send('content_block_delta', { index: 0, delta: { type: 'text_delta', text: MAIL.slice(8) } }),
      send('content_block_delta', { index: 0, delta: { type: 'citations_delta', citation: { cited_text: MAIL } } }),
      send('content_block_start', { index: 1, content_block: { type: 'tool_use', input: { a: ODD } } }),
      send('message_delta', { delta: { stop_reason: 'stop_sequence', stop_sequence: MAIL }, usage: { x: MAIL } }),
      send('error', { error: { type: 'api_error', message: `bad ${MAIL}` } }),
    ]);
    expect(dataOf(bytes)).toMatchObject([
      { content_block: { text: 'a ' } },
      { delta: { text: 'alice@example.com' } },
      { delta: { citation: { cited_text: 'alice@example.com' } } },
      { content_block: { input: { a: AWKWARD } } },
      { delta: { stop_reason: 'stop_sequence', stop_sequence: 'alice@example.com' }, usage: { x: MAIL } },
      { error: { message: 'bad alice@example.com' } },
    ]);
  });

  it('gives out what it holds when the stream stops short', () => {
    const cut = anthropicBlockStream([textBlock(`x ${MAIL.slice(0, 8)}`)], 'end_turn').slice(0, -3);
    const bytes = run('anthropic-messages', [Buffer.from(cut.join(''))]);
    expect(joinAnthropic(bytes)[0]).toEqual({ text: `x ${MAIL.slice(0, 8)}` });
    expect(bytes.toString().endsWith('\n\n')).toBe(true);
  });
});
