import Anthropic from '@anthropic-ai/sdk';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import {
  atEverySplit,
  begun,
  chunk,
  counted,
  delta,
  DONE,
  ended,
  text,
  tool,
  tools,
  translate,
  uncounted,
  usage,
  usageChunk,
} from './chat-stream-to-messages.fixture';

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
  ])('ends with an error when %s', (_, stream) => {
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
