import type { JsonObject } from '../json/json-value';
import type { ReplyContent, StopReason } from '../reply/assistant-reply';
import { openReasoning } from '../reply/sealed-reasoning';
import { ask, call, client, CUSTOM, stream, text, write } from './responses-reply-writer.fixture';

const cases: [name: string, content: ReplyContent[], stop: StopReason, items: object[], request?: JsonObject][] = [
  ['nothing', [], 'end', []],
  ['empty text', [text('')], 'end', []],
  ['empty reasoning', [{ type: 'reasoning', text: '', signature: '' }], 'end', []],
  ['text', [text('Hello')], 'end', [{ type: 'message', status: 'completed', content: [{ text: 'Hello' }] }]],
  ['texts in a row', [text('Hello '), text('you')], 'end', [{ type: 'message', content: [{ text: 'Hello you' }] }]],
  [
    'a refusal behind text',
    [text('Hm, '), { type: 'refusal', text: 'no' }],
    'end',
    [{ type: 'message', content: [{ text: 'Hm, ' }, { type: 'refusal', refusal: 'no' }] }],
  ],
  [
    'reasoning, text and calls',
    [{ type: 'reasoning', text: 'hm…' }, text('Let me'), call('call_a', '{"a":1}'), call('call_b', '')],
    'tool-calls',
    [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm…' }] },
      { type: 'message', status: 'completed' },
      { type: 'function_call', status: 'completed', call_id: 'call_a', name: 'weather', arguments: '{"a":1}' },
      { type: 'function_call', status: 'completed', call_id: 'call_b', arguments: '{}' },
    ],
  ],
  [
    'text between calls',
    [call('call_a', '{}'), text('and'), call('call_b', '{}')],
    'tool-calls',
    [{ call_id: 'call_a' }, { type: 'message' }, { call_id: 'call_b' }],
  ],
  [
    'calls without an id of their own',
    [call('', '{}'), call('same', '{}'), call('same', '{}')],
    'tool-calls',
    [
      { call_id: expect.stringMatching(/^call_fresh/) as string },
      { call_id: 'same' },
      { call_id: expect.stringMatching(/^call_fresh/) as string },
    ],
  ],
  [
    'custom tools',
    [call('c1', '{"input":"*** Begin"}', 'patch'), call('c2', 'raw', 'patch'), call('c3', '{"input":7}', 'patch')],
    'tool-calls',
    [
      { type: 'custom_tool_call', status: 'completed', call_id: 'c1', name: 'patch', input: '*** Begin' },
      { type: 'custom_tool_call', input: 'raw' },
      { type: 'custom_tool_call', input: '{"input":7}' },
    ],
    CUSTOM,
  ],
  [
    'hidden reasoning behind open one',
    [
      { type: 'reasoning', text: 'hm…' },
      { type: 'reasoning', text: '', redacted: 'b3Bh' },
    ],
    'end',
    [{ summary: [{ text: 'hm…' }] }, { summary: [], encrypted_content: expect.any(String) as string }],
  ],
  ['text that the limit has cut', [text('half')], 'length', [{ type: 'message', status: 'incomplete' }]],
  [
    'a call that the limit has cut',
    [text('a'), call('c', '{"a')],
    'length',
    [{ status: 'completed' }, { status: 'incomplete', arguments: '{"a' }],
  ],
];

describe.each(cases)('writing %s', (_name, content, stop, items, request) => {
  it('whole', async () => {
    const body = write(content, { stop }, request);
    const response = await client(JSON.stringify(body), 'application/json').responses.create(ask);
    expect(response).toMatchObject({ object: 'response', output: items });
    expect(response.output.length).toBe(items.length);
    const said = content.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
    expect(response.output_text).toBe(said);
  });

  it('as a stream, which says the same', async () => {
    const final = await client(stream(content, stop, request), 'text/event-stream')
      .responses.stream(ask)
      .finalResponse();
    const whole = write(content, { stop }, request);
    expect(normal(final)).toEqual(normal(whole));
  });
});

/** Without ids, which are made in another order, and without what the client's helper adds. */
function normal(response: object): unknown {
  return JSON.parse(
    JSON.stringify(response, (key, value: unknown) =>
      ['id', 'parsed', 'parsed_arguments', 'output_parsed', 'output_text'].includes(key) ? undefined : value,
    ).replaceAll(/call_fresh\d+/g, 'call_fresh'),
  );
}

it('gives every item an id of its own kind', () => {
  const content: ReplyContent[] = [
    { type: 'reasoning', text: 'x' },
    text('y'),
    call('c', '{}'),
    call('d', '', 'patch'),
  ];
  const output = write(content, {}, CUSTOM)['output'] as { id: string }[];
  expect(output.map(({ id }) => id)).toEqual(['rs_fresh2', 'msg_fresh3', 'fc_fresh4', 'ctc_fresh5']);
});

it('puts what an upstream wants back under seal, whole and streamed', () => {
  const content: ReplyContent[] = [
    { type: 'reasoning', text: 'hm…', signature: 'c2ln' },
    { type: 'reasoning', text: '', redacted: 'b3Bh' },
    { type: 'reasoning', text: '', signature: 'aGlk' },
    { type: 'reasoning', text: 'open' },
  ];
  const output = write(content)['output'] as JsonObject[];
  const seals = output.map(({ encrypted_content: sealed }) => openReasoning('anthropic-messages', String(sealed)));
  expect(seals).toEqual([
    { type: 'thinking', thinking: 'hm…', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'b3Bh' },
    { type: 'thinking', thinking: '', signature: 'aGlk' },
    undefined,
  ]);
  expect(output.map(({ summary }) => (summary as unknown[]).length)).toEqual([1, 0, 0, 1]);
  for (const item of output) {
    const { encrypted_content: sealed } = item;
    if (typeof sealed === 'string') expect(stream(content)).toContain(sealed);
  }
});
