import { SseDecoder, type SseEvent } from '@sallyport/dialects';
import { anthropicBlockStream, openAiDeltaStream, type ScriptedBlock } from '@sallyport/testing';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { createReplyRestorer } from './reply-restorer';
import { emptyGrants, optionsFor } from './restore.fixture';

const grants = emptyGrants();
const AWKWARD = 'p"w\\ \n값🚀';
const MAIL = grants.tokenFor('email', 'alice@example.com');
const ODD = grants.tokenFor('email', AWKWARD);
const FOREIGN = emptyGrants('x').tokenFor('email', 'alice@example.com');

const TEXT = `값 ${MAIL}, ${ODD}🚀 ${FOREIGN} MSK`;
const CLEAR_TEXT = TEXT.replace(MAIL, 'alice@example.com').replace(ODD, AWKWARD);
const argumentsOf = (values: { mail: string; odd: string }): string =>
  `{"to":"${values.mail}","${values.mail}":12345678901234567890,"body":[${JSON.stringify(values.odd)},"\\uac12",` +
  `${JSON.stringify(JSON.stringify({ deep: values.odd }))}]}`;
const MASKED_ARGS = argumentsOf({ mail: MAIL, odd: ODD });
const CLEAR_ARGS = argumentsOf({ mail: 'alice@example.com', odd: AWKWARD });

/** Cuts a text into pieces that fall inside tokens. */
const pieces = (text: string): string[] => text.match(/[^]{1,17}/gu) ?? [];

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

function run(dialect: MaskedEndpoint, chunks: readonly Uint8Array[]): Buffer {
  const stream = createReplyRestorer(dialect, optionsFor(grants)).stream();
  return Buffer.concat([...chunks.flatMap((chunk) => stream.push(chunk)), ...stream.end()]);
}

function eventsOf(bytes: Uint8Array): SseEvent[] {
  const decoder = new SseDecoder();
  const events = decoder.push(bytes);
  expect(decoder.end()).toBeUndefined();
  return events;
}

type Json = Record<string, unknown>;
const dataOf = (bytes: Uint8Array): Json[] =>
  eventsOf(bytes).flatMap(({ data }) => (data?.startsWith('{') ? [JSON.parse(data) as Json] : []));

/** Joins every string of every delta of one block or choice. */
function join(deltas: readonly Json[], into: Record<string, string> = {}, path = ''): Record<string, string> {
  for (const delta of deltas) {
    for (const [name, value] of Object.entries(delta)) {
      if (['type', 'id', 'name', 'role'].includes(name)) continue;
      if (typeof value === 'string') into[path + name] = (into[path + name] ?? '') + value;
      else if (Array.isArray(value))
        for (const item of value as Json[]) join([item], into, `${path}${String(item['index'])}.`);
      else if (typeof value === 'object' && value !== null) join([value as Json], into, path);
    }
  }
  return into;
}

const joinAnthropic = (bytes: Uint8Array): Record<string, string>[] =>
  [0, 1, 2, 3].map((index) =>
    join(dataOf(bytes).flatMap((data) => (data['index'] === index && 'delta' in data ? [data['delta'] as Json] : []))),
  );
const joinOpenAi = (bytes: Uint8Array): Record<string, string> =>
  join(dataOf(bytes).flatMap(({ choices }) => (choices as { delta: Json }[]).map(({ delta }) => delta)));

/** Longer than most events, and prime, so that the splits of one run fall at other places of each event. */
const SPLIT_DISTANCE = 211;

/** Cuts that together split a stream at each of its bytes, many bytes in one run. */
function splits(stream: Buffer): { readonly at: number; readonly chunks: Buffer[] }[] {
  return Array.from({ length: Math.min(SPLIT_DISTANCE, stream.length) }, (_, at) => {
    const chunks = [stream.subarray(0, at)];
    for (let from = at; from < stream.length; from += SPLIT_DISTANCE) {
      chunks.push(stream.subarray(from, from + SPLIT_DISTANCE));
    }
    return { at, chunks };
  });
}

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

describe('any stream', () => {
  it.each([
    ': keep-alive\n\n',
    'event: ping\ndata: {"type": "ping"}\n\n',
    `event: new\r\ndata: {"type":"new","x":"${MAIL}"}\r\n\r\n`,
    `data: not JSON ${MAIL}\n\n`,
    'id: 1\nretry: 5\n\n',
    `data: {"type":"content_block_delta","index":0,"delta":{"type":"future_delta","text":"${MAIL}"}}\n\n`,
    `data: {"unfinished ${MAIL}`,
  ])('passes %j as it came', (event) => {
    expect(run('anthropic-messages', [Buffer.from(event)]).toString()).toBe(event);
  });

  it('restores an event whose blank line is missing, and ends it when more is sent', () => {
    const delta = (text: string): string =>
      `data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${text}"}}`;
    expect(run('anthropic-messages', [Buffer.from(delta(MAIL))]).toString()).toBe(delta('alice@example.com'));
    const bytes = run('anthropic-messages', [Buffer.from(delta(`${MAIL} MSKM`))]);
    expect(dataOf(bytes).map(({ delta: found }) => (found as { text: string }).text)).toEqual([
      'alice@example.com ',
      'MSKM',
    ]);
  });

  it('restores a body that came in place of a stream', () => {
    const body = (text: string): string => `{"type":"error","error":{"type":"x","message":"${text}"}}`;
    expect(run('anthropic-messages', [Buffer.from(body(MAIL))]).toString()).toBe(body('alice@example.com'));
  });

  it('gives out what it held back when the stream breaks off, but no half of an event', () => {
    const stream = createReplyRestorer('anthropic-messages', optionsFor(grants)).stream();
    const head = `data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"MSKM"}}\n\n`;
    expect(Buffer.concat(stream.push(Buffer.from(`${head}data: {"ty`))).toString()).not.toContain('MSKM');
    const rest = Buffer.concat(stream.breakOff());
    expect(dataOf(rest)).toEqual([
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'MSKM' } },
    ]);
  });

  it('keeps the other lines of an event that it edits, and its line ends', () => {
    const event = (text: string): string =>
      `id: 7\r\nevent: content_block_delta\r\ndata: {"type":"content_block_delta","index":0,\r\ndata: "delta":{"type":"text_delta","text":"${text}"}}\r\n\r\n`;
    const bytes = run('anthropic-messages', [Buffer.from(event(`${MAIL} h\\u00e9`))]);
    const [edited] = eventsOf(bytes);
    expect(bytes.toString().startsWith('id: 7\r\nevent: content_block_delta\r\ndata: ')).toBe(true);
    expect(JSON.parse(edited?.data ?? '')).toMatchObject({ delta: { text: 'alice@example.com hé' } });
  });
});
