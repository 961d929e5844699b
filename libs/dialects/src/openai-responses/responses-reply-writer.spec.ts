import OpenAI from 'openai';
import type { AssistantReply, ReplyContent, StopReason } from '../reply/assistant-reply';
import type { JsonObject } from '../reply/json-value';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { openReasoning } from '../requests/sealed-reasoning';
import type { ReplyContext } from '../translation/reply-codec.port';
import { responsesReplyWriter } from './responses-reply-writer';

const usage: TokenUsage = {
  promptTokens: 30,
  completionTokens: 9,
  totalTokens: 39,
  cacheReadTokens: 10,
  cacheWriteTokens: 4,
  reasoningTokens: 3,
  raw: {},
};

function context(request: JsonObject = {}): ReplyContext {
  let ids = 0;
  return {
    model: 'shown-model',
    request,
    estimatedInputTokens: 7,
    filteredStopReason: 'refusal',
    now: () => 1_790_000_001,
    newId: () => `fresh${(ids += 1)}`,
  };
}

function write(content: readonly ReplyContent[], more: Partial<AssistantReply> = {}, request?: JsonObject): JsonObject {
  const reply: AssistantReply = { id: 'up_1', created: 1_790_000_000, content, stop: 'end', usage, ...more };
  return responsesReplyWriter.write(reply, context(request));
}

/** The same reply in pieces; what a stream says must be what a whole reply says. */
function stream(content: readonly ReplyContent[], stop: StopReason = 'end', request?: JsonObject): string {
  const writer = responsesReplyWriter.openStream(context(request));
  const events: ReplyEvent[] = [
    { type: 'start', id: 'up_1', created: 1_790_000_000 },
    ...content.flatMap((piece, call) => eventsOf(piece, call)),
    { type: 'stop', reason: stop },
    { type: 'usage', usage },
    { type: 'end' },
  ];
  return events.map((event) => writer.write(event)).join('');
}

function eventsOf(piece: ReplyContent, call: number): ReplyEvent[] {
  const halves = (text: string): string[] => [text.slice(0, 2), text.slice(2)];
  switch (piece.type) {
    case 'text':
    case 'refusal':
      return halves(piece.text).map((delta) => ({ type: piece.type, delta }));
    case 'tool-call': {
      const { id, name } = piece;
      const args = halves(piece.arguments).map((delta): ReplyEvent => ({ type: 'tool-arguments', call, delta }));
      return [{ type: 'tool-start', call, id, name }, ...args, { type: 'tool-end', call }];
    }
    case 'reasoning': {
      if (piece.redacted !== undefined) return [{ type: 'redacted-reasoning', data: piece.redacted }];
      const { signature } = piece;
      const proof: ReplyEvent[] = signature === undefined ? [] : [{ type: 'reasoning-signature', signature }];
      return [...halves(piece.text).map((delta): ReplyEvent => ({ type: 'reasoning', delta })), ...proof];
    }
  }
}

/** The official client, answered with a given body. */
function client(body: string, type: string): OpenAI {
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
  return new OpenAI({ apiKey: 'k', baseURL: 'http://upstream.test/v1', fetch, maxRetries: 0 });
}
const ask = { model: 'm', input: 'hi' };

const call = (id: string, args: string, name = 'weather'): ReplyContent => ({
  type: 'tool-call',
  id,
  name,
  arguments: args,
});
const text = (words: string): ReplyContent => ({ type: 'text', text: words });
const CUSTOM = { tools: [{ type: 'custom', name: 'patch' }, { type: 'function', name: 'weather' }, null] };

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

it('streams no empty piece', () => {
  const empty: ReplyContent[] = [text(''), { type: 'reasoning', text: 'ab' }, call('c', ''), text('ab')];
  expect(stream(empty)).not.toContain('"delta":""');
});

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

it('repeats the settings of the request, and says that nothing is kept', () => {
  const request = {
    model: 'asked',
    instructions: 'Be brief',
    metadata: { a: 'b' },
    parallel_tool_calls: false,
    temperature: 0,
    top_p: 0.5,
    tools: [{ type: 'function', name: 'f' }],
    tool_choice: { type: 'function', name: 'f' },
    max_output_tokens: 100,
    reasoning: { effort: 'low' },
    text: { format: { type: 'json_object' }, verbosity: null },
    user: 'u',
    prompt_cache_key: 'k',
    safety_identifier: 's',
  };
  const { model: _model, reasoning: _reasoning, text: _text, ...same } = request;
  expect(write([], {}, { ...request, store: true, truncation: 'auto', service_tier: 'flex' })).toMatchObject({
    ...same,
    model: 'shown-model',
    reasoning: { effort: 'low', summary: null },
    text: { format: { type: 'json_object' } },
    store: false,
    truncation: 'disabled',
    service_tier: 'default',
    background: false,
    previous_response_id: null,
    error: null,
  });
});

it('has every field that clients expect, whatever was asked', () => {
  const wrong = { metadata: null, tools: 7, tool_choice: null, temperature: 'x', reasoning: null, text: null };
  for (const request of [{}, wrong]) {
    expect(write([], {}, request)).toMatchObject({
      instructions: null,
      metadata: {},
      parallel_tool_calls: true,
      temperature: null,
      top_p: null,
      tools: [],
      tool_choice: 'auto',
      max_output_tokens: null,
      reasoning: { effort: null, summary: null },
      text: { format: { type: 'text' } },
      truncation: 'disabled',
      user: null,
      incomplete_details: null,
      access_programs: null,
      prompt_cache_key: null,
      safety_identifier: null,
    });
  }
});

it.each<[StopReason, string, object | null]>([
  ['end', 'completed', null],
  ['stop-sequence', 'completed', null],
  ['tool-calls', 'completed', null],
  ['length', 'incomplete', { reason: 'max_output_tokens' }],
  ['refusal', 'incomplete', { reason: 'content_filter' }],
])('a reply that ended by %s is %s', (stop, status, details) => {
  const completed_at = details === null ? 1_790_000_001 : null;
  expect(write([text('x')], { stop })).toMatchObject({ status, incomplete_details: details, completed_at });
  const events = stream([text('x')], stop);
  expect(events).toContain(`event: response.${status}\n`);
  expect(events).not.toContain(`event: response.${status === 'completed' ? 'incomplete' : 'completed'}\n`);
});

it('counts tokens with all their details, also when the upstream did not count', () => {
  expect(write([])['usage']).toEqual({
    input_tokens: 30,
    input_tokens_details: { cached_tokens: 10, cache_write_tokens: 4 },
    output_tokens: 9,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 39,
  });
  expect(write([], { usage: { ...usage, completionTokens: 8.6 } })['usage']).toMatchObject({ output_tokens: 9 });
  expect(write([], { usage: undefined })['usage']).toMatchObject({
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 0,
  });
});

it('keeps the id and the time of an upstream that speaks of responses, and makes them otherwise', () => {
  expect(write([], { id: 'resp_9' })).toMatchObject({ id: 'resp_9', created_at: 1_790_000_000 });
  const fresh = { id: 'resp_fresh1', created_at: 1_790_000_001 };
  expect(write([], { id: 'chatcmpl-1', created: undefined })).toMatchObject(fresh);
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

it('tells the official client of a failure, as its last word', async () => {
  const writer = responsesReplyWriter.openStream(context());
  const error = { status: 429, message: 'slow down', type: 'x', param: null, code: null };
  const events: ReplyEvent[] = [
    { type: 'start', id: '', created: undefined },
    { type: 'text', delta: 'half' },
    { type: 'error', error },
  ];
  const body = events.map((event) => writer.write(event)).join('');
  const fields = { code: 'rate_limit_error', message: 'slow down', param: null };
  const event = { type: 'error', sequence_number: 5, ...fields, error: { type: 'rate_limit_error', ...fields } };
  expect(body.endsWith(`\n\nevent: error\ndata: ${JSON.stringify(event)}\n\n`)).toBe(true);
  const failing = client(body, 'text/event-stream').responses.stream(ask).finalResponse();
  await expect(failing).rejects.toMatchObject({ code: 'rate_limit_error' });
});

it('tells the official client of every piece of text', async () => {
  const seen: string[] = [];
  const helper = client(stream([text('Hello')]), 'text/event-stream').responses.stream(ask);
  helper.on('response.output_text.delta', ({ delta, snapshot }) => seen.push(`${delta}|${snapshot}`));
  await helper.finalResponse();
  expect(seen).toEqual(['He|He', 'llo|Hello']);
});
