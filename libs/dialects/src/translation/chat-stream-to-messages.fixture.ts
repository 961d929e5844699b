import { checkStream } from '@sallyport/testing';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import { parseJson, type JsonObject } from '../json/json-value';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import type { ReplyContext } from '../reply/reply-codec.port';
import { SseDecoder } from '../sse/sse-decoder';
import { replyContext } from './reply-context.fixture';
import { StreamTranslation } from './stream-translation';

/** One chunk as OpenAI sends it. */
export const chunk = (choices: object[], more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000001, model: 'up', choices, ...more })}\n\n`;
export const delta = (part: object, finish_reason: string | null = null, more: object = {}): string =>
  chunk([{ index: 0, delta: part, finish_reason }], more);
export const tool = (
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
  args: string | object,
) => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: args },
});
export const tools = (...calls: object[]): string => delta({ tool_calls: calls });
export const usage = {
  prompt_tokens: 30,
  completion_tokens: 9,
  total_tokens: 39,
  prompt_tokens_details: { cached_tokens: 10 },
};
export const usageChunk = chunk([], { usage });
export const DONE = 'data: [DONE]\n\n';

export function translate(stream: string, splits: readonly number[], more?: Partial<ReplyContext>): string {
  const translation = new StreamTranslation(
    chatReplyReader.openStream(),
    messagesReplyWriter.openStream(replyContext({ model: 'claude-shown', ...more })),
  );
  const bytes = Buffer.from(stream);
  const cuts = [0, ...splits, bytes.length];
  const parts = cuts.slice(1).map((end, at) => translation.push(bytes.subarray(cuts[at], end)));
  return Buffer.concat([...parts, translation.finish()]).toString();
}

/** The same output at every split, and byte by byte, without a fault but those expected. */
export function atEverySplit(stream: string, more?: Partial<ReplyContext>, faults: string[] = []): JsonObject[] {
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

export function eventsOf(stream: string): JsonObject[] {
  const decoder = new SseDecoder();
  const events = decoder.push(Buffer.from(stream));
  expect(decoder.end()).toBeUndefined();
  return events.map(({ event, data }) => {
    const value = parseJson(data ?? '') as JsonObject;
    expect(event).toBe(value['type']);
    return value;
  });
}

export const start = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
export const piece = (index: number, part: object) => ({ type: 'content_block_delta', index, delta: part });
export const stop = (index: number) => ({ type: 'content_block_stop', index });
export const text = (index: number, ...pieces: string[]) => [
  start(index, { type: 'text', text: '' }),
  ...pieces.map((part) => piece(index, { type: 'text_delta', text: part })),
  stop(index),
];
export const call = (index: number, id: string, name: string, ...pieces: string[]) => [
  start(index, { type: 'tool_use', id, name, input: {} }),
  ...pieces.map((part) => piece(index, { type: 'input_json_delta', partial_json: part })),
  stop(index),
];
export const ended = (stop_reason: string, counters: object = counted, more: object = {}) => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null, stop_details: null, ...more }, usage: counters },
  { type: 'message_stop' },
];
export const counted = {
  input_tokens: 20,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 10,
  output_tokens: 9,
};
export const uncounted = {
  input_tokens: 42,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 0,
};
export const begun = {
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
