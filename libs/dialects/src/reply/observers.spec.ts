import type { Dialect } from '../dialect';
import { createStreamObserver, summariseReply } from '../dialect-replies';
import { responsesHead, responsesOutput, responsesStream } from '../openai-responses/responses-stream-observer.fixture';
import { encodeSseEvent, SseDecoder } from '../sse/sse-decoder';
import { event, observe } from './observe.fixture';

const chatChunk = (choices: object[], more: object = {}) =>
  encodeSseEvent(
    JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 5, model: 'm', choices, ...more }),
  );
const chatStream = Buffer.concat([
  Buffer.from(': comment\n\n'),
  chatChunk([{ index: 0, delta: { role: 'assistant', content: '' } }]),
  chatChunk([{ index: 0, delta: { content: 'Grüße ' } }]),
  chatChunk([{ index: 1, delta: { role: 'assistant', content: 'second 🚀' } }]),
  chatChunk([
    {
      index: 0,
      delta: { tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'f', arguments: '' } }] },
    },
  ]),
  chatChunk([{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] } }]),
  chatChunk([
    {
      index: 0,
      delta: { tool_calls: [{ index: 1, id: 't2', type: 'function', function: { name: 'g', arguments: '{}' } }] },
    },
  ]),
  chatChunk([{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '1}' } }] } }]),
  chatChunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }]),
  chatChunk([{ index: 1, delta: {}, finish_reason: 'stop' }]),
  chatChunk([], { usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 } }),
  encodeSseEvent('[DONE]'),
]);

const delta = (index: number, part: object) => event({ type: 'content_block_delta', index, delta: part });
const messagesStream = Buffer.concat([
  event({
    type: 'message_start',
    message: {
      id: 'msg_1',
      role: 'assistant',
      model: 'claude',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 3, cache_read_input_tokens: 10, output_tokens: 1 },
    },
  }),
  event({ type: 'ping' }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
  delta(0, { type: 'thinking_delta', thinking: 'hm' }),
  delta(0, { type: 'signature_delta', signature: 'sig' }),
  event({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }),
  delta(1, { type: 'text_delta', text: 'Grüße ' }),
  delta(1, { type: 'text_delta', text: '🚀' }),
  event({ type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } }),
  delta(2, { type: 'input_json_delta', partial_json: '{"a":' }),
  delta(2, { type: 'input_json_delta', partial_json: '[1]}' }),
  event({ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } }),
  event({ type: 'message_stop' }),
]);

const expected: Record<Dialect, { usage: object; [field: string]: unknown }> = {
  'openai-chat': {
    id: 'c1',
    error: undefined,
    usage: expect.objectContaining({ promptTokens: 3, completionTokens: 4, totalTokens: 7 }) as object,
    response: {
      id: 'c1',
      object: 'chat.completion',
      created: 5,
      model: 'm',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'Grüße ',
            tool_calls: [
              { id: 't1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
              { id: 't2', type: 'function', function: { name: 'g', arguments: '{}' } },
            ],
          },
        },
        { index: 1, finish_reason: 'stop', message: { role: 'assistant', content: 'second 🚀' } },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 },
    },
  },
  'openai-responses': {
    id: 'resp_1',
    error: undefined,
    usage: expect.objectContaining({ promptTokens: 3, completionTokens: 4, cacheReadTokens: 2 }) as object,
    response: {
      ...responsesHead,
      status: 'completed',
      output: responsesOutput,
      usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7, input_tokens_details: { cached_tokens: 2 } },
    },
  },
  'anthropic-messages': {
    id: 'msg_1',
    error: undefined,
    usage: expect.objectContaining({ promptTokens: 13, completionTokens: 9, totalTokens: 22 }) as object,
    response: {
      id: 'msg_1',
      role: 'assistant',
      model: 'claude',
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 'sig' },
        { type: 'text', text: 'Grüße 🚀' },
        { type: 'tool_use', id: 't', name: 'f', input: { a: [1] } },
      ],
      usage: { input_tokens: 3, cache_read_input_tokens: 10, output_tokens: 9 },
    },
  },
};

describe.each([
  ['openai-chat', chatStream],
  ['openai-responses', responsesStream],
  ['anthropic-messages', messagesStream],
] as const)('observer of %s', (dialect, stream) => {
  it('puts the reply together at every split point, and sees one end', () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const { summary, completions } = observe(dialect, [stream.subarray(0, at), stream.subarray(at)]);
      expect(summary).toEqual(expected[dialect]);
      expect(completions).toBe(1);
    }
  });

  it('keeps no more text once it is told to, but sees the end and the usage', () => {
    const observer = createStreamObserver(dialect);
    observer.stopRecording();
    const ends = new SseDecoder().push(stream).map((item) => observer.observe(item));
    expect(ends.at(-1)).toBe(true);
    expect(observer.summary()).toMatchObject({ usage: expected[dialect].usage, response: { truncated: true } });
    expect(JSON.stringify(observer.summary().response)).not.toContain('Grüße');
  });

  it('does not take a cut stream for a complete one', () => {
    for (let at = 0; at < stream.length - 2; at += 1) {
      expect(observe(dialect, [stream.subarray(0, at)]).completions).toBe(0);
    }
  });

  it.each([
    'null',
    '7',
    '"x"',
    '[]',
    '{}',
    'not json',
    '{"choices":7}',
    '{"choices":[null,{"delta":4}]}',
    '{"type":"content_block_delta"}',
    '{"type":"response.output_text.delta","delta":"x"}',
    '{"type":"response.output_item.done","item":null}',
  ])('survives %s', (data) => {
    expect(observe(dialect, [encodeSseEvent(data, 'x')])).toMatchObject({ completions: 0 });
    expect(summariseReply(dialect, JSON.parse(data === 'not json' ? 'null' : data))).toMatchObject({
      error: undefined,
    });
  });
});

it('reads an error that a stream carries', () => {
  const flat = encodeSseEvent('{"type":"error","code":"server_error","message":"broken"}', 'error');
  expect(observe('openai-responses', [flat]).summary.error).toEqual({ type: 'server_error', message: 'broken' });
  const openAi = encodeSseEvent('{"error":{"message":"no credit","type":"billing"}}');
  expect(observe('openai-chat', [openAi]).summary.error).toEqual({ type: 'billing', message: 'no credit' });
  const anthropic = encodeSseEvent('{"type":"error","error":{"type":"overloaded_error","message":"busy"}}', 'error');
  expect(observe('anthropic-messages', [anthropic]).summary.error).toEqual({
    type: 'overloaded_error',
    message: 'busy',
  });
  const named = encodeSseEvent('{"message":"busy","type":"rate_limit_error"}', 'error');
  expect(observe('openai-chat', [named]).summary.error).toEqual({ type: 'rate_limit_error', message: 'busy' });
  const inChoice = chatChunk([{ index: 0, delta: {}, finish_reason: 'error', error: { code: 502, message: 'gone' } }]);
  expect(observe('openai-chat', [inChoice]).summary.error).toEqual({ type: 'error', message: 'gone' });
});

it('tells tool calls apart by their id where the index is missing, and keeps what is repeated empty', () => {
  const call = (id: string | null, name: string | null, args: string) =>
    chatChunk([{ index: 0, delta: { tool_calls: [{ id, function: { name, arguments: args } }] } }]);
  const stream = [call('t1', 'f', ''), call('', null, '{}'), call('t2', 'g', '{'), call('t2', 'g', '}')];
  expect(observe('openai-chat', stream).summary.response).toMatchObject({
    choices: [
      {
        message: {
          tool_calls: [
            { id: 't1', function: { name: 'f', arguments: '{}' } },
            { id: 't2', function: { name: 'g', arguments: '{}' } },
          ],
        },
      },
    ],
  });
});

it('keeps the counters that a message_delta leaves null', () => {
  const usage = { input_tokens: null, cache_read_input_tokens: null, output_tokens: 9 };
  const start = { type: 'message_start', message: { usage: { input_tokens: 3, cache_read_input_tokens: 10 } } };
  const stream = [event(start), event({ type: 'message_delta', delta: {}, usage })];
  expect(observe('anthropic-messages', stream).summary.usage).toMatchObject({ promptTokens: 13, completionTokens: 9 });
});
