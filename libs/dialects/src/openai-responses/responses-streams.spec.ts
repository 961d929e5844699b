import {
  anthropicBlockStream,
  anthropicStream,
  checkStream,
  openAiDeltaStream,
  openAiStream,
  responsesItemStream,
  responsesStream,
  type ScriptedItem,
  type StreamDialect,
} from '@sallyport/testing';
import { messagesReplyReader } from '../anthropic-messages/messages-reply-reader';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import type { Dialect } from '../dialect';
import { createStreamObserver } from '../dialect-replies';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import { chatReplyWriter } from '../openai-chat/chat-reply-writer';
import type { ReplyContext } from '../reply/reply-codec.port';
import { SseDecoder } from '../sse/sse-decoder';
import { StreamTranslation } from '../translation/stream-translation';
import { responsesReplyReader } from './responses-reply-reader';
import { responsesReplyWriter } from './responses-reply-writer';

const READERS = {
  'openai-chat': chatReplyReader,
  'openai-responses': responsesReplyReader,
  'anthropic-messages': messagesReplyReader,
};
const WRITERS = {
  'openai-chat': chatReplyWriter,
  'openai-responses': responsesReplyWriter,
  'anthropic-messages': messagesReplyWriter,
};

function context(): ReplyContext {
  let ids = 0;
  return {
    model: 'shown-model',
    request: { stream_options: { include_usage: true } },
    estimatedInputTokens: 7,
    filteredStopReason: 'refusal',
    now: () => 1_790_000_001,
    newId: () => `fresh${String((ids += 1)).padStart(19, '0')}`,
  };
}

function translate(upstream: Dialect, client: Dialect, chunks: readonly Uint8Array[]): string {
  const streams = new StreamTranslation(READERS[upstream].openStream(), WRITERS[client].openStream(context()));
  return Buffer.concat([...chunks.map((chunk) => streams.push(chunk)), streams.finish()]).toString();
}

const call = (index: number, id: string, args: string) => ({
  tool_calls: [{ index, id, type: 'function', function: { name: 'weather', arguments: args } }],
});
const more = (index: number, args: string) => ({ tool_calls: [{ index, function: { arguments: args } }] });
const chat = {
  text: openAiStream(['Grü', 'ße 🚀']),
  'interleaved calls': openAiDeltaStream(
    [
      { reasoning_content: 'hm ' },
      { reasoning_content: 'so' },
      { content: 'Let me look' },
      call(0, 'call_a', '{"city":'),
      call(1, 'call_b', '{"city":"Ulm"'),
      more(0, '"Köln"}'),
      more(1, '}'),
      call(2, 'call_c', ''),
    ],
    'tool_calls',
  ),
  refusal: openAiDeltaStream([{ refusal: 'I ca' }, { refusal: 'n’t' }], 'stop'),
  filtered: openAiDeltaStream([{ content: 'half' }], 'content_filter'),
  'calls cut by the limit': openAiDeltaStream([{ content: 'a' }, call(0, 'call_a', '{"ci')], 'length'),
};
const textBlock = (text: string) => ({ start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text }] });
const toolBlock = (id: string, ...parts: string[]) => ({
  start: { type: 'tool_use', id, name: 'weather', input: {} },
  deltas: parts.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
});
const messages = {
  text: anthropicStream(['Grü', 'ße 🚀']),
  'thinking and tools': anthropicBlockStream(
    [
      {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          { type: 'thinking_delta', thinking: 'hm' },
          { type: 'signature_delta', signature: 'c2ln' },
        ],
      },
      { start: { type: 'redacted_thinking', data: 'b3Bh' }, deltas: [] },
      textBlock('one'),
      textBlock('two'),
      toolBlock('toolu_1', '{"city":', '"Köln"}'),
      toolBlock('toolu_2'),
      textBlock('three'),
    ],
    'tool_use',
  ),
  'no content': anthropicBlockStream([], 'end_turn'),
  limit: anthropicBlockStream([textBlock('half')], 'max_tokens'),
};
const items: ScriptedItem[] = [
  { type: 'reasoning', parts: ['hm ', 'so'], encrypted: 'sealed' },
  { type: 'text', parts: ['Grü', 'ße 🚀'] },
  { type: 'call', callId: 'call_a', name: 'weather', parts: ['{"city":', '"Köln"}'] },
  { type: 'call', callId: 'call_b', name: 'weather', parts: [] },
  { type: 'custom-call', callId: 'call_c', name: 'patch', parts: ['*** ', '"Begin"'] },
];
const responses = {
  text: responsesStream(['Grü', 'ße 🚀']),
  everything: responsesItemStream(items),
  refusal: responsesItemStream([{ type: 'refusal', parts: ['I ca', 'n’t'] }]),
  'hidden reasoning': responsesItemStream([{ type: 'reasoning', parts: [], encrypted: 'x' }, ...items.slice(1, 2)]),
  limit: responsesItemStream([{ type: 'text', parts: ['half'] }], 'max_output_tokens'),
};
const cases: [upstream: Dialect, client: Dialect, name: string, frames: string[]][] = [
  ...cross('openai-chat', ['openai-responses'], chat),
  ...cross('anthropic-messages', ['openai-responses'], messages),
  ...cross('openai-responses', ['openai-chat', 'anthropic-messages'], responses),
];

describe.each(cases)('%s to %s: %s', (upstream, client, _name, frames) => {
  const bytes = Buffer.from(frames.join(''));
  const whole = translate(upstream, client, [bytes]);

  it('obeys the grammar, and is complete', () => {
    expect(checkStream(client satisfies StreamDialect, whole)).toEqual([]);
    expect(ending(client, whole)).toEqual({ complete: true, error: undefined });
  });

  it('is the same at every split', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      const split = translate(upstream, client, [bytes.subarray(0, at), bytes.subarray(at)]);
      if (split !== whole) throw new Error(`another output when split at ${at}`);
    }
    expect(
      translate(
        upstream,
        client,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
    ).toBe(whole);
  });

  it('never looks complete when it was cut', () => {
    for (let at = 0; at < frames.length - 1; at += 1) {
      // A chat reply is over with its finish reason, whether or not `[DONE]` follows.
      if (frames.slice(0, at).some((frame) => /"finish_reason":"/.test(frame))) break;
      const cut = translate(upstream, client, [Buffer.from(frames.slice(0, at).join(''))]);
      expect(ending(client, cut).complete).toBe(false);
      expect(checkStream(client, cut)).toEqual(['the stream just ends']);
    }
  });

  it.each(['before the first event', 'in the middle'])('ends in an error that comes %s', (where) => {
    const error = ERRORS[upstream];
    const before = frames.slice(0, where === 'in the middle' ? Math.ceil(frames.length / 2) : 0);
    if (before.some((frame) => /"finish_reason":"/.test(frame))) before.splice(3);
    const behind = frames.slice(before.length);
    const failed = translate(upstream, client, [Buffer.from([...before, error, ...behind].join(''))]);
    expect(checkStream(client, failed)).toEqual([]);
    expect(ending(client, failed)).toEqual({ complete: false, error: 'busy' });
  });
});

const ERRORS: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'data: {"error":{"message":"busy","type":"server_error","param":null,"code":null}}\n\n',
  'openai-responses': 'event: error\ndata: {"type":"error","code":"server_error","message":"busy","param":null}\n\n',
  'anthropic-messages': 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n',
};

function cross(
  upstream: Dialect,
  clients: readonly Dialect[],
  streams: Readonly<Record<string, string[]>>,
): typeof cases {
  return clients.flatMap((client) =>
    Object.entries(streams).map(([name, frames]): (typeof cases)[number] => [upstream, client, name, frames]),
  );
}

function ending(client: Dialect, text: string): { complete: boolean; error: string | undefined } {
  const observer = createStreamObserver(client);
  const ends = new SseDecoder().push(Buffer.from(text)).map((event) => observer.observe(event));
  return { complete: ends.at(-1) ?? false, error: observer.summary().error?.message };
}
