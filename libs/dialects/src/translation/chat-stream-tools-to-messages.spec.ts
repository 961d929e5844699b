import {
  atEverySplit,
  begun,
  call,
  delta,
  DONE,
  ended,
  eventsOf,
  text,
  tool,
  tools,
  translate,
  uncounted,
  usageChunk,
} from './chat-stream-to-messages.fixture';

describe('tool calls of a chat stream for an Anthropic client', () => {
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
});
