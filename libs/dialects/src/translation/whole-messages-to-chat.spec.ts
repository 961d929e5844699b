import OpenAI from 'openai';
import { messagesReplyReader } from '../anthropic-messages/messages-reply-reader';
import type { JsonObject } from '../json/json-value';
import { chatReplyWriter } from '../openai-chat/chat-reply-writer';
import { replyContext } from './reply-context.fixture';

const toChat = (body: JsonObject): JsonObject => chatReplyWriter.write(messagesReplyReader.read(body), replyContext());
const message = (content: object[], stop_reason: string | null = 'end_turn', more: object = {}): JsonObject => ({
  id: 'msg_up',
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content,
  stop_reason,
  stop_sequence: null,
  usage: { input_tokens: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 3, output_tokens: 9 },
  ...more,
});
const choice = (body: JsonObject): JsonObject => (body['choices'] as JsonObject[])[0] ?? {};

describe('a message for a chat client', () => {
  it('is a completion with all of its texts, calls and reasoning', () => {
    const content = [
      { type: 'thinking', thinking: 'hm', signature: 'sig' },
      { type: 'redacted_thinking', data: 'zz' },
      { type: 'text', text: 'a' },
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      { type: 'brand_new' },
      { type: 'text', text: 'b', citations: [{}] },
      { type: 'tool_use', id: 'toolu_a', name: 'f', input: { a: 1 } },
      { type: 'tool_use', id: 'toolu_b', name: 'g', input: {} },
    ];
    expect(toChat(message(content, 'tool_use'))).toEqual({
      id: 'chatcmpl-id1',
      object: 'chat.completion',
      created: 1700000000,
      model: 'shown',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'ab',
            refusal: null,
            reasoning_content: 'hm',
            thinking_blocks: content.slice(0, 2),
            tool_calls: [
              { id: 'toolu_a', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
              { id: 'toolu_b', type: 'function', function: { name: 'g', arguments: '{}' } },
            ],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
        },
      ],
      usage: {
        prompt_tokens: 15,
        completion_tokens: 9,
        total_tokens: 24,
        prompt_tokens_details: { cached_tokens: 7, cache_write_tokens: 3 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
      system_fingerprint: null,
    });
  });

  it('keeps the key of a text that is not there, and leaves out calls that are not', () => {
    const { message: said } = choice(toChat(message([{ type: 'text', text: '' }]))) as { message: object };
    expect(said).toEqual({ role: 'assistant', content: null, refusal: null });
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    ['brand_new', 'stop'],
    [null, 'stop'],
  ])('says of %s that it is %s', (reason, finish) => {
    expect(choice(toChat(message([{ type: 'text', text: 'a' }], reason)))['finish_reason']).toBe(finish);
  });

  it('waits for the results of calls when the upstream gives no reason', () => {
    const body = toChat(message([{ type: 'tool_use', id: 'toolu_a', name: 'f', input: {} }], null));
    expect(choice(body)['finish_reason']).toBe('tool_calls');
  });

  it('tells why a reply was refused', () => {
    const stop_details = { type: 'refusal', category: null, explanation: 'Not this.' };
    expect(choice(toChat(message([], 'refusal', { stop_details })))).toMatchObject({
      finish_reason: 'content_filter',
      message: { content: null, refusal: 'Not this.' },
    });
  });

  it('takes counters that are null for 0, and reasoning for part of the output', () => {
    const usage = {
      input_tokens: 5,
      cache_read_input_tokens: null,
      cache_creation_input_tokens: null,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 4 },
    };
    expect(toChat(message([], 'end_turn', { usage }))['usage']).toEqual({
      prompt_tokens: 5,
      completion_tokens: 9,
      total_tokens: 14,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 4 },
    });
  });

  it('is what the official client reads', async () => {
    const body = toChat(message([{ type: 'tool_use', id: 'toolu_a', name: 'f', input: {} }], 'tool_use'));
    const client = new OpenAI({ apiKey: 'k', fetch: () => Promise.resolve(Response.json(body)) });
    const reply = await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] });
    expect(reply.choices[0]?.message.tool_calls).toMatchObject([{ function: { name: 'f', arguments: '{}' } }]);
  });
});
