import { encodeSseEvent } from '@sallyport/dialects';
import type { MockAnswer } from './mock-answer';
import type { MockStream } from './mock-stream';
import { mockUsage, unixTime } from './mock-usage';

/** A whole chat completion. */
export function mockChatCompletion(id: string, answer: MockAnswer): object {
  const text = answer.tokens.join('');
  const { tool } = answer;
  const said =
    tool === undefined
      ? { content: text }
      : { content: null, tool_calls: [{ ...callOf(id), function: { name: tool, arguments: text } }] };
  const message = { role: 'assistant', ...said, refusal: null };
  return {
    ...head(id, answer, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(answer) }],
    usage: mockUsage(answer),
  };
}

/** The events of a chat completion stream: before, for each token, and after. */
export function mockChatStream(id: string, answer: MockAnswer): MockStream {
  const { tool, includeUsage } = answer;
  const start = { ...head(id, answer, 'chat.completion.chunk'), ...(includeUsage && { usage: null }) };
  const chunk = (delta: object, finish_reason: string | null = null): Uint8Array =>
    encodeSseEvent(JSON.stringify({ ...start, choices: [{ index: 0, delta, logprobs: null, finish_reason }] }));
  const first =
    tool === undefined
      ? { role: 'assistant', content: '', refusal: null }
      : {
          role: 'assistant',
          content: null,
          tool_calls: [{ index: 0, ...callOf(id), function: { name: tool, arguments: '' } }],
        };
  const usage = includeUsage
    ? [encodeSseEvent(JSON.stringify({ ...start, choices: [], usage: mockUsage(answer) }))]
    : [];
  return {
    before: [chunk(first)],
    token: (text) =>
      chunk(tool === undefined ? { content: text } : { tool_calls: [{ index: 0, function: { arguments: text } }] }),
    after: [chunk({}, finishReason(answer)), ...usage, encodeSseEvent('[DONE]')],
  };
}

function callOf(id: string): object {
  return { id: `call_${id}`, type: 'function' };
}

function finishReason({ tool }: MockAnswer): string {
  return tool === undefined ? 'stop' : 'tool_calls';
}

function head(id: string, answer: MockAnswer, object: string): object {
  return { id: `chatcmpl-${id}`, object, created: unixTime(), model: answer.model, system_fingerprint: null };
}
