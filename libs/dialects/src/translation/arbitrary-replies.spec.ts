import fc from 'fast-check';
import { messagesReplyReader } from '../anthropic-messages/messages-reply-reader';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import { readUpstreamError } from '../errors/read-upstream-error';
import { objectOf } from '../json/json-value';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import { chatReplyWriter } from '../openai-chat/chat-reply-writer';
import type { ReplyContext, ReplyReader, ReplyWriter } from '../reply/reply-codec.port';
import { encodeSseEvent } from '../sse/sse-decoder';
import { StreamTranslation } from './stream-translation';

const context: ReplyContext = {
  model: 'm',
  request: { stream_options: { include_usage: true } },
  estimatedInputTokens: 1,
  filteredStopReason: 'refusal',
  now: () => 1,
  newId: () => 'x',
};

/** Any JSON, made of the names that replies are made of, so that it reaches deep into the readers. */
function replyLike(keys: readonly string[], words: readonly string[]): fc.Arbitrary<unknown> {
  return fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
    object: fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5, depthIdentifier: 'reply' }),
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(...words),
        fc.integer({ min: -1, max: 3 }),
        fc.constant(null),
        fc.boolean(),
        fc.double(),
      ),
      tie('object'),
      fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'reply' }),
    ),
  })).object;
}

const CHAT_KEYS =
  'id created choices index delta message finish_reason content refusal reasoning reasoning_details thinking_blocks tool_calls function function_call name arguments type text thinking signature usage prompt_tokens prompt_tokens_details error metadata raw code'.split(
    ' ',
  );
const MESSAGES_KEYS =
  'id type message content content_block index delta text thinking signature data input name partial_json stop_reason stop_details explanation stop_sequence usage input_tokens error'.split(
    ' ',
  );
const CHAT_WORDS = ['', 'a', '{', '{}', 'stop', 'text', 'thinking', 'reasoning.text', 'error', '__proto__'];
const MESSAGES_WORDS = [
  ...['', 'a', '{}', 'text', 'thinking', 'redacted_thinking', 'tool_use', 'refusal', 'error', '__proto__'],
  ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta'],
  ...['text_delta', 'thinking_delta', 'signature_delta', 'input_json_delta'],
];

describe.each<[string, ReplyReader, ReplyWriter, fc.Arbitrary<unknown>]>([
  ['a chat upstream', chatReplyReader, messagesReplyWriter, replyLike(CHAT_KEYS, CHAT_WORDS)],
  ['an Anthropic upstream', messagesReplyReader, chatReplyWriter, replyLike(MESSAGES_KEYS, MESSAGES_WORDS)],
])('whatever JSON %s sends', (_, reader, writer, arbitrary) => {
  const anything = fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });

  it('a whole reply is translated', () => {
    fc.assert(
      fc.property(anything, (body) => {
        expect(JSON.stringify(writer.write(reader.read(objectOf(body)), context))).not.toContain('undefined');
      }),
      { numRuns: 1000 },
    );
  });

  it('a stream is translated', () => {
    const stream = fc.array(fc.tuple(anything, fc.constantFrom(undefined, 'error', 'x')), { maxLength: 6 });
    fc.assert(
      fc.property(stream, (events) => {
        const translation = new StreamTranslation(reader.openStream(), writer.openStream(context));
        const chunks = events.map(([data, name]) => translation.push(encodeSseEvent(JSON.stringify(data), name)));
        const text = Buffer.concat([...chunks, translation.finish()]).toString();
        expect(text === '' || text.endsWith('\n\n')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('an error is read', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.string()), fc.integer({ min: 0, max: 599 }), (body, status) => {
        const error = readUpstreamError(status, body);
        expect(error.message).not.toBe('');
        expect(error.status).toBeGreaterThanOrEqual(400);
      }),
      { numRuns: 1000 },
    );
  });
});
