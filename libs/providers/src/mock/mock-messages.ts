import type { MockAnswer } from './mock-answer';
import { namedEvent, type MockStream } from './mock-stream';

/** A whole Anthropic message. */
export function mockMessage(id: string, answer: MockAnswer): object {
  const text = answer.tokens.join('');
  const { tool } = answer;
  const block =
    tool === undefined ? { type: 'text', text } : { ...toolUse(id, tool), input: JSON.parse(text) as unknown };
  return {
    ...head(id, answer),
    content: [block],
    stop_reason: stopReason(answer),
    usage: { input_tokens: answer.promptTokens, output_tokens: answer.tokens.length },
  };
}

/** The events of an Anthropic message stream: before, for each token, and after. */
export function mockMessageStream(id: string, answer: MockAnswer): MockStream {
  const { tool } = answer;
  const message = { ...head(id, answer), content: [], usage: { input_tokens: answer.promptTokens, output_tokens: 1 } };
  const content_block = tool === undefined ? { type: 'text', text: '' } : { ...toolUse(id, tool), input: {} };
  return {
    before: [
      namedEvent({ type: 'message_start', message }),
      namedEvent({ type: 'content_block_start', index: 0, content_block }),
    ],
    token: (text) => {
      const delta =
        tool === undefined ? { type: 'text_delta', text } : { type: 'input_json_delta', partial_json: text };
      return namedEvent({ type: 'content_block_delta', index: 0, delta });
    },
    after: [
      namedEvent({ type: 'content_block_stop', index: 0 }),
      namedEvent({
        type: 'message_delta',
        delta: { stop_reason: stopReason(answer), stop_sequence: null },
        usage: { output_tokens: answer.tokens.length },
      }),
      namedEvent({ type: 'message_stop' }),
    ],
  };
}

/** Reply of `/v1/messages/count_tokens`. */
export function mockTokenCount({ promptTokens }: MockAnswer): object {
  return { input_tokens: promptTokens };
}

function toolUse(id: string, name: string): object {
  return { type: 'tool_use', id: `toolu_${id}`, name };
}

function stopReason({ tool }: MockAnswer): string {
  return tool === undefined ? 'end_turn' : 'tool_use';
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
