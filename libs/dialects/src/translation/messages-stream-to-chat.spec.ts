import OpenAI from 'openai';
import { checkStream } from '@sallyport/testing';
import { messagesReplyReader } from '../anthropic-messages/messages-reply-reader';
import { parseJson, type JsonObject } from '../json/json-value';
import { chatReplyWriter } from '../openai-chat/chat-reply-writer';
import { SseDecoder } from '../sse/sse-decoder';
import { replyContext } from './reply-context.fixture';
import { StreamTranslation } from './stream-translation';

const asksUsage = { stream_options: { include_usage: true } };

const event = (data: { type: string; [member: string]: unknown }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const begin = (usage: object = { input_tokens: 5, output_tokens: 1 }): string =>
  event({
    type: 'message_start',
    message: {
      id: 'msg_up',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [],
      stop_reason: null,
      usage,
    },
  });
const block = (index: number, content_block: object, ...deltas: object[]): string =>
  [
    event({ type: 'content_block_start', index, content_block }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ].join('');
const text = (index: number, ...pieces: string[]): string =>
  block(index, { type: 'text', text: '' }, ...pieces.map((piece) => ({ type: 'text_delta', text: piece })));
const call = (index: number, id: string, name: string, input: object, ...pieces: string[]): string =>
  block(
    index,
    { type: 'tool_use', id, name, input },
    ...pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
  );
const finished = (stop_reason: string | null, usage: object = { output_tokens: 9 }, more: object = {}): string =>
  event({ type: 'message_delta', delta: { stop_reason, stop_sequence: null, ...more }, usage }) +
  event({ type: 'message_stop' });
const ping = event({ type: 'ping' });

function translate(stream: string, splits: readonly number[], request: JsonObject): string {
  const translation = new StreamTranslation(
    messagesReplyReader.openStream(),
    chatReplyWriter.openStream(replyContext({ model: 'gpt-shown', request })),
  );
  const bytes = Buffer.from(stream);
  const cuts = [0, ...splits, bytes.length];
  const parts = cuts.slice(1).map((end, at) => translation.push(bytes.subarray(cuts[at], end)));
  return Buffer.concat([...parts, translation.finish()]).toString();
}

/** The same output at every split, and byte by byte; without `[DONE]`, which has to be there when `isComplete`. */
function atEverySplit(stream: string, request: JsonObject = {}, isComplete = true): JsonObject[] {
  const length = Buffer.byteLength(stream);
  const whole = translate(stream, [], request);
  for (let at = 1; at < length; at += 1) {
    if (translate(stream, [at], request) !== whole) throw new Error(`another output when split at ${at}`);
  }
  const bytewise = Array.from({ length: length - 1 }, (_, at) => at + 1);
  expect(translate(stream, bytewise, request)).toBe(whole);
  expect(checkStream('openai-chat', whole)).toEqual([]);
  const events = new SseDecoder().push(Buffer.from(whole));
  expect(events.every((item) => item.event === undefined)).toBe(true);
  expect(events.flatMap(({ data }, at) => (data === '[DONE]' ? [events.length - at] : []))).toEqual(
    isComplete ? [1] : [],
  );
  return events.filter(({ data }) => data !== '[DONE]').map(({ data }) => parseJson(data ?? '') as JsonObject);
}

/** A chunk as it has to be. */
const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
  id: 'chatcmpl-id1',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'gpt-shown',
  system_fingerprint: null,
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  ...more,
});
const role = { role: 'assistant' };
const toolStart = (index: number, id: string, name: string) =>
  chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] });
const toolArguments = (index: number, args: string) =>
  chunk({ tool_calls: [{ index, function: { arguments: args } }] });

describe('an Anthropic stream for a chat client', () => {
  it('is text, and no usage that was not asked for', () => {
    const stream = begin() + ping + text(0, 'Grüße ', '', '🚀') + finished('end_turn');
    expect(atEverySplit(stream)).toEqual([
      chunk(role),
      chunk({ content: 'Grüße ' }),
      chunk({ content: '🚀' }),
      chunk({}, 'stop'),
    ]);
  });

  it('tells usage in a chunk of its own when asked, and null before', () => {
    const start = { input_tokens: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: null, output_tokens: 1 };
    const end = { input_tokens: null, cache_creation_input_tokens: 3, output_tokens: 9 };
    const stream = begin(start) + text(0, 'a') + finished('end_turn', end);
    const none = { usage: null };
    expect(atEverySplit(stream, asksUsage)).toEqual([
      chunk(role, null, none),
      chunk({ content: 'a' }, null, none),
      chunk({}, 'stop', none),
      {
        ...chunk({}),
        choices: [],
        usage: {
          prompt_tokens: 15,
          completion_tokens: 9,
          total_tokens: 24,
          prompt_tokens_details: { cached_tokens: 7, cache_write_tokens: 3 },
          completion_tokens_details: { reasoning_tokens: 0 },
        },
      },
    ]);
  });

  it('counts tool calls, not blocks, and gives those without arguments an empty object', () => {
    const stream =
      begin() +
      text(0, 'look') +
      call(1, 'toolu_a', 'f', {}, '', '{"a"', ':1}') +
      call(2, 'toolu_b', 'g', {}, '') +
      call(3, 'toolu_c', 'h', { c: 3 }) +
      call(4, 'toolu_d', 'i', { no: 1 }, '{"d":4}') +
      finished('tool_use');
    expect(atEverySplit(stream)).toEqual([
      chunk(role),
      chunk({ content: 'look' }),
      toolStart(0, 'toolu_a', 'f'),
      toolArguments(0, '{"a"'),
      toolArguments(0, ':1}'),
      toolStart(1, 'toolu_b', 'g'),
      toolArguments(1, '{}'),
      toolStart(2, 'toolu_c', 'h'),
      toolArguments(2, '{"c":3}'),
      toolStart(3, 'toolu_d', 'i'),
      toolArguments(3, '{"d":4}'),
      chunk({}, 'tool_calls'),
    ]);
  });

  it('passes over what servers did, citations, and anything it does not know', () => {
    const stream =
      begin() +
      begin({ input_tokens: 5 }) +
      event({ type: 'brand_new' }) +
      block(
        0,
        { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
        {
          type: 'input_json_delta',
          partial_json: '{"query":"x"}',
        },
      ) +
      block(1, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }) +
      block(
        2,
        { type: 'text', text: 'a' },
        { type: 'citations_delta', citation: {} },
        { type: 'input_json_delta', partial_json: '{}' },
        { type: 'text_delta', text: 'b' },
      ) +
      event({ type: 'content_block_delta', index: 9, delta: { type: 'text_delta', text: 'lost' } }) +
      finished('pause_turn');
    expect(atEverySplit(stream)).toEqual([
      chunk(role),
      chunk({ content: 'a' }),
      chunk({ content: 'b' }),
      chunk({}, 'stop'),
    ]);
  });

  it('shows thinking as reasoning, and hands its proofs on with the last chunk', () => {
    const thinking = block(
      0,
      { type: 'thinking', thinking: '', signature: '' },
      { type: 'thinking_delta', thinking: 'h' },
      { type: 'thinking_delta', thinking: 'm' },
      { type: 'signature_delta', signature: 'sig' },
    );
    const stream =
      begin() + thinking + block(1, { type: 'redacted_thinking', data: 'zz' }) + text(2, 'ok') + finished('end_turn');
    expect(atEverySplit(stream)).toEqual([
      chunk(role),
      chunk({ reasoning_content: 'h' }),
      chunk({ reasoning_content: 'm' }),
      chunk({ content: 'ok' }),
      chunk(
        {
          thinking_blocks: [
            { type: 'thinking', thinking: 'hm', signature: 'sig' },
            { type: 'redacted_thinking', data: 'zz' },
          ],
        },
        'stop',
      ),
    ]);
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['brand_new', 'stop'],
    ['constructor', 'stop'],
    [null, 'stop'],
  ])('says of %s that it is %s', (reason, finish) => {
    expect(atEverySplit(begin() + text(0, 'a') + finished(reason)).at(-1)).toEqual(chunk({}, finish));
  });

  it('tells why a reply was refused', () => {
    const details = { stop_details: { type: 'refusal', category: 'bio', explanation: 'Not this.' } };
    expect(atEverySplit(begin() + text(0, 'I') + finished('refusal', {}, details))).toEqual([
      chunk(role),
      chunk({ content: 'I' }),
      chunk({ refusal: 'Not this.' }),
      chunk({}, 'content_filter'),
    ]);
  });

  it.each([
    ['overloaded_error', 'service_unavailable'],
    ['rate_limit_error', 'rate_limit_error'],
    ['invalid_request_error', 'invalid_request_error'],
    ['api_error', 'server_error'],
    ['brand_new', 'server_error'],
  ])('ends with %s as %s, whatever comes behind', (type, told) => {
    const failure = event({ type: 'error', error: { type, message: 'too busy' } });
    const stream = begin() + text(0, 'a') + failure + text(1, 'b') + finished('end_turn');
    expect(atEverySplit(stream, asksUsage, false)).toEqual([
      chunk(role, null, { usage: null }),
      chunk({ content: 'a' }, null, { usage: null }),
      { error: { message: 'too busy', type: told, param: null, code: null } },
    ]);
  });

  it('ends with an error when something came that is not JSON', () => {
    const stream = begin() + text(0, 'a') + 'event: content_block_delta\ndata: {"ty\n\n' + finished('end_turn');
    const last = atEverySplit(stream, {}, false).at(-1);
    expect(last).toMatchObject({ error: { type: 'server_error', message: expect.stringContaining('JSON') as string } });
  });

  it('looks incomplete wherever it is cut off, up to its last event', () => {
    const stream = begin() + text(0, 'a') + call(1, 'toolu_a', 'f', {}, '{"a":1}') + finished('tool_use');
    const end = stream.indexOf('"message_stop"}');
    for (let at = 0; at < end; at += 1) {
      const cut = translate(stream.slice(0, at), [], asksUsage);
      expect(cut).not.toContain('[DONE]');
      expect(cut).not.toMatch(/"finish_reason":"/);
    }
    expect(translate(stream.trimEnd(), [], asksUsage)).toContain('[DONE]');
  });

  it('is what the official client puts together', async () => {
    const stream =
      begin() +
      block(0, { type: 'thinking', thinking: '', signature: '' }, { type: 'thinking_delta', thinking: 'hm' }) +
      call(1, 'toolu_a', 'f', {}, '{"a"', ':1}') +
      call(2, 'toolu_b', 'g', {}) +
      finished('tool_use');
    const headers = { 'content-type': 'text/event-stream' };
    const client = new OpenAI({
      apiKey: 'k',
      fetch: () => Promise.resolve(new Response(translate(stream, [99], asksUsage), { headers })),
    });
    const completion = await client.chat.completions
      .stream({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...asksUsage })
      .finalChatCompletion();
    expect(completion).toMatchObject({
      id: 'chatcmpl-id1',
      model: 'gpt-shown',
      usage: { prompt_tokens: 5, completion_tokens: 9, total_tokens: 14 },
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'toolu_a', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
              { id: 'toolu_b', type: 'function', function: { name: 'g', arguments: '{}' } },
            ],
          },
        },
      ],
    });
  });
});
