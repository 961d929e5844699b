import Anthropic from '@anthropic-ai/sdk';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import type { JsonObject } from '../json/json-value';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import type { ReplyContext } from '../reply/reply-codec.port';
import { replyContext } from './reply-context.fixture';

const toMessages = (body: JsonObject, more?: Partial<ReplyContext>): JsonObject =>
  messagesReplyWriter.write(chatReplyReader.read(body), replyContext(more));
const completion = (message: object, finish_reason: string | null = 'stop', more: object = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1700000001,
  model: 'up',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  usage: { prompt_tokens: 30, completion_tokens: 9, total_tokens: 39, prompt_tokens_details: { cached_tokens: 10 } },
  ...more,
});
const fn = (id: string | undefined, name: string, args: unknown) => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});

describe('a chat completion for an Anthropic client', () => {
  it('is a message with thinking, text and tool calls, in that order', () => {
    const message = {
      content: 'Let me look',
      tool_calls: [fn('call_a', 'f', '{"a":1}'), fn('call_b', 'g', '')],
      reasoning_content: 'hm',
    };
    expect(toMessages(completion(message))).toEqual({
      id: 'msg_id1',
      type: 'message',
      role: 'assistant',
      model: 'shown',
      content: [
        { type: 'thinking', thinking: 'hm', signature: '' },
        { type: 'text', text: 'Let me look' },
        { type: 'tool_use', id: 'call_a', name: 'f', input: { a: 1 } },
        { type: 'tool_use', id: 'call_b', name: 'g', input: {} },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      stop_details: null,
      usage: { input_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 10, output_tokens: 9 },
    });
  });

  it.each<[string, object, object[]]>([
    ['nothing', { content: null }, []],
    ['empty text', { content: '' }, []],
    [
      'parts',
      { content: [{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }, 7, null] },
      [{ type: 'text', text: 'ab' }],
    ],
    [
      'broken arguments',
      { tool_calls: [fn('c', 'f', '{"a":')] },
      [{ type: 'tool_use', id: 'c', name: 'f', input: {} }],
    ],
    [
      'a list as arguments',
      { tool_calls: [fn('c', 'f', '[1]')] },
      [{ type: 'tool_use', id: 'c', name: 'f', input: {} }],
    ],
    [
      'arguments as object',
      { tool_calls: [fn('c', 'f', { a: 1 })] },
      [{ type: 'tool_use', id: 'c', name: 'f', input: { a: 1 } }],
    ],
    [
      'no id',
      { tool_calls: [fn(undefined, 'f', '{}')] },
      [{ type: 'tool_use', id: 'toolu_id2', name: 'f', input: {} }],
    ],
    [
      'one id for two calls',
      { tool_calls: [fn('c', 'f', '{}'), fn('c', 'g', '{}')] },
      [
        { type: 'tool_use', id: 'c', name: 'f', input: {} },
        { type: 'tool_use', id: 'toolu_id2', name: 'g', input: {} },
      ],
    ],
    [
      'an id that Anthropic’s API refuses',
      { tool_calls: [fn('functions.f:0', 'f', '{}')] },
      [{ type: 'tool_use', id: expect.stringMatching(/^functions_f_0_[0-9a-f]+$/) as string, name: 'f', input: {} }],
    ],
    ['no name', { tool_calls: [fn('c', '', '{}'), null] }, []],
    [
      'an old call',
      { function_call: { name: 'f', arguments: '{"a":1}' }, tool_calls: [] },
      [{ type: 'tool_use', id: 'toolu_id2', name: 'f', input: { a: 1 } }],
    ],
    [
      'signed blocks',
      {
        reasoning_content: 'hm',
        thinking_blocks: [
          null,
          { type: 'thinking', thinking: 'hm', signature: 'sig' },
          { type: 'redacted_thinking', data: 'zz' },
        ],
      },
      [
        { type: 'thinking', thinking: 'hm', signature: 'sig' },
        { type: 'redacted_thinking', data: 'zz' },
      ],
    ],
    [
      'reasoning beside hidden details',
      {
        reasoning: 'hm',
        reasoning_details: [{ type: 'reasoning.encrypted', data: 'x', format: 'openai-responses-v1' }],
      },
      [{ type: 'thinking', thinking: 'hm', signature: '' }],
    ],
  ])('makes blocks of %s', (_, message, content) => {
    expect(toMessages(completion(message))['content']).toEqual(content);
  });

  it.each<[string | null, object, string]>([
    ['stop', { content: 'a' }, 'end_turn'],
    ['length', { content: 'a' }, 'max_tokens'],
    ['length', { tool_calls: [fn('c', 'f', '{')] }, 'max_tokens'],
    ['content_filter', { content: 'a' }, 'refusal'],
    ['tool_calls', { content: 'a' }, 'tool_use'],
    ['function_call', {}, 'tool_use'],
    ['stop', { tool_calls: [fn('c', 'f', '{}')] }, 'tool_use'],
    ['brand_new', { content: 'a' }, 'end_turn'],
    [null, { content: 'a' }, 'end_turn'],
  ])('says of %s with %j that it is %s', (finish, message, reason) => {
    expect(toMessages(completion(message, finish))).toMatchObject({ stop_reason: reason, stop_sequence: null });
  });

  it('keeps a refusal visible, and follows the setting for filtered replies', () => {
    expect(toMessages(completion({ content: null, refusal: 'No.' }))).toMatchObject({
      content: [{ type: 'text', text: 'No.' }],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', category: null, explanation: 'No.' },
    });
    const seed = toMessages(completion({ content: 'a' }, 'content_filter'), { filteredStopReason: 'stop_sequence' });
    expect(seed).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: null });
  });

  it('has whole counters even where the upstream has none', () => {
    const nothing = { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
    expect(toMessages(completion({ content: 'a' }, 'stop', { usage: null }))['usage']).toEqual(nothing);
    const odd = { prompt_tokens: '7', completion_tokens: -1 };
    expect(toMessages(completion({ content: 'a' }, 'stop', { usage: odd }))['usage']).toEqual(nothing);
  });

  it('takes the first choice, and is what the official client reads', async () => {
    const body = completion({ content: 'first' });
    body['choices'] = [{ index: 1, message: { content: 'second' } }, ...(body['choices'] as object[])];
    const client = new Anthropic({ apiKey: 'k', fetch: () => Promise.resolve(Response.json(toMessages(body))) });
    const message = await client.messages.create({
      model: 'm',
      max_tokens: 1,
      messages: [{ role: 'user', content: 'x' }],
    });
    expect(message.content).toEqual([{ type: 'text', text: 'first' }]);
  });
});
