import { encodeSseEvent } from '@sallyport/dialects';
import type { MockAnswer } from './mock-answer';
import type { MockStream } from './mock-stream';

/** A whole Anthropic message. */
export function mockMessage(id: string, answer: MockAnswer): object {
  return {
    ...head(id, answer),
    content: [{ type: 'text', text: answer.tokens.join('') }],
    stop_reason: 'end_turn',
    usage: { input_tokens: answer.promptTokens, output_tokens: answer.tokens.length },
  };
}

/** The events of an Anthropic message stream: before, for each token, and after. */
export function mockMessageStream(id: string, answer: MockAnswer): MockStream {
  const message = { ...head(id, answer), content: [], usage: { input_tokens: answer.promptTokens, output_tokens: 1 } };
  return {
    before: [
      event({ type: 'message_start', message }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ],
    token: (text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    after: [
      event({ type: 'content_block_stop', index: 0 }),
      event({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: answer.tokens.length },
      }),
      event({ type: 'message_stop' }),
    ],
  };
}

function head(id: string, answer: MockAnswer): object {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: answer.model,
    stop_reason: null,
    stop_sequence: null,
  };
}

function event(data: { type: string; [field: string]: unknown }): Uint8Array {
  return encodeSseEvent(JSON.stringify(data), data.type);
}
