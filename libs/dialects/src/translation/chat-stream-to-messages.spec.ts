import Anthropic from '@anthropic-ai/sdk';
import { checkStream } from '@sallyport/testing';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import { parseJson, type JsonObject } from '../reply/json-value';
import { SseDecoder } from '../sse/sse-decoder';
import type { ReplyContext } from './reply-codec.port';
import { StreamTranslation } from './stream-translation';

function context(more: Partial<ReplyContext> = {}): ReplyContext {
  let ids = 0;
  return {
    model: 'claude-shown',
    request: {},
    estimatedInputTokens: 42,
    filteredStopReason: 'refusal',
    now: () => 1700000000,
    newId: () => `id${(ids += 1)}`,
    ...more,
  };
}

/** One chunk as OpenAI sends it. */
const chunk = (choices: object[], more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000001, model: 'up', choices, ...more })}\n\n`;
const delta = (part: object, finish_reason: string | null = null, more: object = {}): string =>
  chunk([{ index: 0, delta: part, finish_reason }], more);
const tool = (index: number | undefined, id: string | undefined, name: string | undefined, args: string | object) => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: args },
});
const tools = (...calls: object[]): string => delta({ tool_calls: calls });
const usage = {
  prompt_tokens: 30,
  completion_tokens: 9,
  total_tokens: 39,
  prompt_tokens_details: { cached_tokens: 10 },
};
const usageChunk = chunk([], { usage });
const DONE = 'data: [DONE]\n\n';

function translate(stream: string, splits: readonly number[], more?: Partial<ReplyContext>): string {
  const translation = new StreamTranslation(
    chatReplyReader.openStream(),
    messagesReplyWriter.openStream(context(more)),
  );
  const bytes = Buffer.from(stream);
  const cuts = [0, ...splits, bytes.length];
  const parts = cuts.slice(1).map((end, at) => translation.push(bytes.subarray(cuts[at], end)));
  return Buffer.concat([...parts, translation.finish()]).toString();
}

/** The same output at every split, and byte by byte, without a fault but those expected. */
function atEverySplit(stream: string, more?: Partial<ReplyContext>, faults: string[] = []): JsonObject[] {
  const length = Buffer.byteLength(stream);
  const whole = translate(stream, [], more);
  for (let at = 1; at < length; at += 1) {
    if (translate(stream, [at], more) !== whole) throw new Error(`another output when split at ${at}`);
  }
  const bytewise = Array.from({ length: length - 1 }, (_, at) => at + 1);
  expect(translate(stream, bytewise, more)).toBe(whole);
  expect(checkStream('anthropic-messages', whole)).toEqual(faults);
  return eventsOf(whole);
}

function eventsOf(stream: string): JsonObject[] {
  const decoder = new SseDecoder();
  const events = decoder.push(Buffer.from(stream));
  expect(decoder.end()).toBeUndefined();
  return events.map(({ event, data }) => {
    const value = parseJson(data ?? '') as JsonObject;
    expect(event).toBe(value['type']);
    return value;
  });
}

const start = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const piece = (index: number, part: object) => ({ type: 'content_block_delta', index, delta: part });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const text = (index: number, ...pieces: string[]) => [
  start(index, { type: 'text', text: '' }),
  ...pieces.map((part) => piece(index, { type: 'text_delta', text: part })),
  stop(index),
];
const call = (index: number, id: string, name: string, ...pieces: string[]) => [
  start(index, { type: 'tool_use', id, name, input: {} }),
  ...pieces.map((part) => piece(index, { type: 'input_json_delta', partial_json: part })),
  stop(index),
];
const ended = (stop_reason: string, counters: object = counted, more: object = {}) => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null, stop_details: null, ...more }, usage: counters },
  { type: 'message_stop' },
];
const counted = { input_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 10, output_tokens: 9 };
const uncounted = { input_tokens: 42, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 };
const begun = {
  type: 'message_start',
  message: {
    id: 'msg_id1',
    type: 'message',
    role: 'assistant',
    model: 'claude-shown',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: uncounted,
  },
};

describe('a chat stream for an Anthropic client', () => {
  it('is text, with an estimate at the start and the true usage at the end', () => {
    const stream =
      delta({ role: 'assistant', content: '' }) +
      delta({ content: 'Grüße ' }) +
      ': OPENROUTER PROCESSING\n\n' +
      delta({ content: '🚀' }) +
      delta({}, 'stop') +
      usageChunk +
      DONE;
    expect(atEverySplit(stream)).toEqual([begun, ...text(0, 'Grüße ', '🚀'), ...ended('end_turn')]);
  });

  it.each<[string, string, object]>([
    ['on the finish chunk', delta({}, 'stop', { usage }) + DONE, counted],
    ['behind the finish', delta({}, 'stop') + usageChunk + DONE, counted],
    ['behind the finish, without [DONE]', delta({}, 'stop') + usageChunk, counted],
    [
      'on every chunk',
      delta({}, null, { usage: { prompt_tokens: 1, completion_tokens: 1 } }) + delta({}, 'stop', { usage }) + DONE,
      counted,
    ],
    ['in the place of Groq', delta({}, 'stop', { x_groq: { usage } }) + DONE, counted],
    ['never', delta({}, 'stop') + DONE, uncounted],
    ['never, without [DONE]', delta({}, 'stop'), uncounted],
  ])('takes usage %s', (_, tail, counters) => {
    expect(atEverySplit(delta({ content: 'a' }) + tail)).toEqual([
      begun,
      ...text(0, 'a'),
      ...ended('end_turn', counters),
    ]);
  });

  it('splits the counters of the input, never below 0, in whole numbers', () => {
    const odd = {
      prompt_tokens: 5.4,
      completion_tokens: null,
      prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 3 },
      completion_tokens_details: { reasoning_tokens: 2 },
    };
    expect(atEverySplit(delta({}, 'stop') + chunk([], { usage: odd })).at(-2)).toMatchObject({
      usage: {
        input_tokens: 0,
        cache_read_input_tokens: 4,
        cache_creation_input_tokens: 3,
        output_tokens: 0,
        output_tokens_details: { thinking_tokens: 2 },
      },
    });
  });

  it('survives what Azure and others put in front, other choices, and other line ends', () => {
    const azure = chunk([], { id: '', model: '', created: 0, prompt_filter_results: [{}], usage: null });
    expect(
      chatReplyReader.openStream().read({ raw: new Uint8Array(), event: undefined, data: azure.slice(6) }),
    ).toEqual([]);
    const other = chunk([{ index: 1, delta: { content: 'no' }, finish_reason: 'length' }]);
    const stream = azure + other + delta({ content: 'a' }) + other + delta({}, 'stop') + DONE;
    const expected = [begun, ...text(0, 'a'), ...ended('end_turn', uncounted)];
    expect(atEverySplit(stream.replaceAll('\n', '\r\n').replaceAll('data: ', 'data:'))).toEqual(expected);
  });

  it('calls tools one behind the other, each argument as it comes', () => {
    const stream =
      delta({ role: 'assistant', content: null }) +
      tools(tool(0, 'call_a', 'f', '')) +
      tools(tool(0, undefined, undefined, '{"a":')) +
      tools(tool(0, undefined, undefined, '1}')) +
      tools(tool(1, 'call_b', 'g', '{}')) +
      delta({}, 'tool_calls') +
      usageChunk +
      DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...call(0, 'call_a', 'f', '{"a":', '1}'),
      ...call(1, 'call_b', 'g', '{}'),
      ...ended('tool_use'),
    ]);
  });

  it('untangles tool calls that interleave with each other and with text', () => {
    const stream =
      delta({ content: 'Let me ' }) +
      tools(tool(0, 'call_a', 'f', '{"a"'), tool(1, 'call_b', 'g', '{"b"')) +
      delta({ content: 'look' }) +
      tools(tool(1, undefined, undefined, ':2}'), tool(0, undefined, undefined, ':1}')) +
      tools(tool(2, 'call_c', 'h', '')) +
      delta({}, 'tool_calls') +
      usageChunk +
      DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...text(0, 'Let me '),
      ...call(1, 'call_a', 'f', '{"a"', ':1}'),
      ...call(2, 'call_b', 'g', '{"b"', ':2}'),
      ...text(3, 'look'),
      ...call(4, 'call_c', 'h'),
      ...ended('tool_use'),
    ]);
  });

  it.each<[string, string]>([
    ['all in its first delta', tools(tool(0, 'call_a', 'f', '{"a":1}'), tool(1, 'call_b', 'g', '{"b":2}'))],
    [
      'its id and name repeated',
      ['{"a"', ':1}'].map((args) => tools(tool(0, 'call_a', 'f', args))).join('') +
        ['{"b"', ':2}'].map((args) => tools(tool(1, 'call_b', 'g', args))).join(''),
    ],
    [
      'no index',
      tools(tool(undefined, 'call_a', 'f', '{"a"')) +
        tools(tool(undefined, undefined, undefined, ':1}')) +
        tools(tool(undefined, 'call_b', 'g', '{"b":2}')),
    ],
    [
      'another id each time, and nothing behind its arguments',
      tools(tool(0, 'call_a', 'f', '{"a":1}')) +
        tools(tool(0, 'call_x', 'f', '')) +
        tools(tool(1, 'call_b', 'g', '{"b":2}')),
    ],
    ['the same index', tools(tool(0, 'call_a', 'f', '{"a":1}')) + tools(tool(0, 'call_b', 'g', '{"b":2}'))],
    ['arguments that are an object', tools(tool(0, 'call_a', 'f', { a: 1 })) + tools(tool(1, 'call_b', 'g', { b: 2 }))],
    [
      'arguments before its name',
      tools(tool(0, 'call_a', undefined, '{"a":1}')) +
        tools(tool(0, undefined, 'f', '')) +
        tools(tool(1, 'call_b', 'g', '{"b":2}')),
    ],
  ])('reads a call with %s, and knows it for one although the upstream says stop', (_, calls) => {
    const stream = delta({ role: 'assistant' }) + calls + delta({}, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...call(0, 'call_a', 'f', ...eventArguments(stream, 0)),
      ...call(1, 'call_b', 'g', ...eventArguments(stream, 1)),
      ...ended('tool_use', uncounted),
    ]);
  });

  /** However the arguments were cut, joined they are these. */
  function eventArguments(stream: string, index: number): string[] {
    const pieces = eventsOf(translate(stream, []))
      .filter((event) => event['type'] === 'content_block_delta' && event['index'] === index)
      .map((event) => (event['delta'] as { partial_json: string }).partial_json);
    expect(pieces.join('')).toBe(['{"a":1}', '{"b":2}'][index]);
    return pieces;
  }

  it('makes up ids that are missing, and mends those that Anthropic’s API refuses', () => {
    const nameless = tools(tool(undefined, undefined, 'f', '{"a":1}')) + tools(tool(undefined, undefined, 'g', '{}'));
    const starts = (stream: string) =>
      atEverySplit(stream + delta({}, 'tool_calls') + DONE)
        .filter(({ type }) => type === 'content_block_start')
        .map(({ content_block }) => content_block);
    expect(starts(nameless)).toMatchObject([
      { id: 'toolu_id2', name: 'f' },
      { id: 'toolu_id3', name: 'g' },
    ]);
    const kimi = tools(tool(0, 'functions.f:0', 'f', '{}')) + tools(tool(1, 'functions.f:1', 'f', '{}'));
    const ids = (starts(kimi) as { id: string }[]).map(({ id }) => id);
    expect(ids.every((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(2);
  });

  it('reads the call of an old API', () => {
    const stream =
      delta({ function_call: { name: 'f', arguments: '{"a"' } }) +
      delta({ function_call: { arguments: ':1}' } }) +
      delta({}, 'function_call') +
      DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...call(0, 'toolu_id2', 'f', '{"a"', ':1}'),
      ...ended('tool_use', uncounted),
    ]);
  });

  const thinking = (index: number, thought: string, signature?: string) => [
    start(index, { type: 'thinking', thinking: '', signature: '' }),
    piece(index, { type: 'thinking_delta', thinking: thought }),
    ...(signature === undefined ? [] : [piece(index, { type: 'signature_delta', signature })]),
    stop(index),
  ];

  it.each<[string, object, object[]]>([
    ['reasoning_content', { reasoning_content: 'hm' }, thinking(0, 'hm')],
    ['reasoning', { reasoning: 'hm' }, thinking(0, 'hm')],
    ['both names', { reasoning: 'hm', reasoning_content: 'hm' }, thinking(0, 'hm')],
    [
      'a part of the content',
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] },
      thinking(0, 'hm'),
    ],
    [
      'OpenRouter’s details beside the text',
      { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 'sig' }] },
      thinking(0, 'hm', 'sig'),
    ],
    [
      'OpenRouter’s details alone',
      { reasoning_details: [{ type: 'reasoning.summary', summary: 'hm' }] },
      thinking(0, 'hm'),
    ],
    [
      'signed blocks',
      { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'sig' }] },
      thinking(0, 'hm', 'sig'),
    ],
  ])('keeps reasoning out of the text when it comes as %s', (_, part, expected) => {
    const stream = delta(part) + delta({ content: 'ok' }) + delta({}, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([begun, ...expected, ...text(1, 'ok'), ...ended('end_turn', uncounted)]);
  });

  it('hands on reasoning that is hidden, and no proof that has lost its block', () => {
    const hidden = { thinking_blocks: [{ type: 'redacted_thinking', data: 'zz' }] };
    const late = { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'late' }] };
    const stream = delta(hidden) + delta({ reasoning: 'hm' }) + delta({ content: 'ok' }) + delta(late, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      start(0, { type: 'redacted_thinking', data: 'zz' }),
      stop(0),
      ...thinking(1, 'hm'),
      ...text(2, 'ok'),
      ...ended('end_turn', uncounted),
    ]);
  });

  it('shows a refusal, and says why the message ended', () => {
    const stream = delta({ refusal: 'I will ' }) + delta({ refusal: 'not' }) + delta({}, 'stop') + DONE;
    const stop_details = { type: 'refusal', category: null, explanation: 'I will not' };
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...text(0, 'I will ', 'not'),
      ...ended('refusal', uncounted, { stop_details }),
    ]);
  });

  it.each([
    ['stop', 'end_turn'],
    ['length', 'max_tokens'],
    ['model_length', 'max_tokens'],
    ['content_filter', 'refusal'],
    ['constructor', 'end_turn'],
  ])('says of %s that it is %s', (finish, reason) => {
    const stream = delta({ content: [{ type: 'text', text: 'a' }, 'b', { type: 'new' }] }) + delta({}, finish) + DONE;
    expect(atEverySplit(stream)).toEqual([begun, ...text(0, 'ab'), ...ended(reason, uncounted)]);
  });

  it.each(['tool_calls', 'function_call'])('says of %s that it is tool_use, even where no call came', (finish) => {
    const stream = delta({ content: 'a' }) + delta({}, finish) + DONE;
    const events = atEverySplit(stream, {}, ['event 5: stops for tool_use but no tool is used']);
    expect(events).toEqual([begun, ...text(0, 'a'), ...ended('tool_use', uncounted)]);
  });

  it('gives calls of one id ids of their own', () => {
    const stream = tools(tool(0, 'call', 'f', '{}'), tool(1, 'call', 'g', '{}')) + delta({}, 'tool_calls') + DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      ...call(0, 'call', 'f', '{}'),
      ...call(1, 'toolu_id2', 'g', '{}'),
      ...ended('tool_use', uncounted),
    ]);
  });

  it('says stop_sequence of a filtered reply where that is wanted', () => {
    const stream = delta({ content: 'a' }) + delta({}, 'content_filter') + DONE;
    expect(atEverySplit(stream, { filteredStopReason: 'stop_sequence' }).at(-2)).toMatchObject({
      delta: { stop_reason: 'stop_sequence', stop_sequence: null },
    });
  });

  it.each<[string, string, object]>([
    [
      'a frame with an error',
      'data: {"error":{"message":"too busy","type":"overloaded_error"}}\n\n',
      { type: 'overloaded_error', message: 'too busy' },
    ],
    [
      'an event named error',
      'event: error\ndata: {"message":"slow down","code":429}\n\n',
      { type: 'rate_limit_error', message: 'slow down' },
    ],
    ['an event named error with text', 'event: error\ndata: boom\n\n', { type: 'api_error', message: 'boom' }],
    [
      'OpenRouter’s chunk',
      delta({ content: '' }, 'error', { error: { code: 502, message: 'Provider disconnected' } }),
      { type: 'api_error', message: 'Provider disconnected' },
    ],
    [
      'vLLM’s flat object',
      'data: {"object":"error","message":"bad","type":"BadRequestError","code":400}\n\n',
      { type: 'invalid_request_error', message: 'bad' },
    ],
  ])('ends with an error event on %s, whatever comes behind', (_, failure, error) => {
    const stream = delta({ content: 'a' }) + failure + delta({ content: 'b' }, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([begun, ...text(0, 'a').slice(0, 2), { type: 'error', error }]);
  });

  it.each([
    ['nothing but the end came', DONE],
    ['the end came before the finish_reason', delta({ content: 'a' }) + DONE],
    ['something came that is not JSON', delta({ content: 'a' }) + 'data: {"choi\n\n' + delta({}, 'stop') + DONE],
  ])('S9 ends with an error when %s', (_, stream) => {
    const types = atEverySplit(stream).map(({ type }) => type);
    expect(types.at(-1)).toBe('error');
    expect(types).not.toContain('message_delta');
    expect(types).not.toContain('message_stop');
  });

  it('does not look complete when it was cut off before its finish_reason', () => {
    const stream = delta({ content: 'a' }) + tools(tool(0, 'call_a', 'f', '{"a":'));
    const types = atEverySplit(stream, {}, ['the stream just ends']).map(({ type }) => type);
    expect(types).not.toContain('message_delta');
    expect(types).not.toContain('message_stop');
  });

  it('is what the official client puts together', async () => {
    const stream =
      delta({ role: 'assistant', content: '' }) +
      delta({ reasoning_content: 'hm' }) +
      delta({ content: 'Let me look' }) +
      tools(tool(0, 'call_a', 'f', '{"a"'), tool(1, 'call_b', 'g', '')) +
      tools(tool(0, undefined, undefined, ':1}')) +
      delta({}, 'tool_calls') +
      usageChunk +
      DONE;
    const client = new Anthropic({
      apiKey: 'k',
      fetch: () =>
        Promise.resolve(
          new Response(translate(stream, [7, 300]), { headers: { 'content-type': 'text/event-stream' } }),
        ),
    });
    const blocks: string[] = [];
    const message = await client.messages
      .stream({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] })
      .on('contentBlock', (block) => blocks.push(block.type))
      .finalMessage();
    expect(blocks).toEqual(['thinking', 'text', 'tool_use', 'tool_use']);
    expect(message).toMatchObject({
      id: 'msg_id1',
      stop_reason: 'tool_use',
      usage: counted,
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Let me look' },
        { type: 'tool_use', id: 'call_a', name: 'f', input: { a: 1 } },
        { type: 'tool_use', id: 'call_b', name: 'g', input: {} },
      ],
    });
  });
});
