import { encodeSseEvent } from '@sallyport/dialects';
import type { MockAnswer } from './mock-answer';
import type { MockStream } from './mock-stream';

/** A whole chat completion. */
export function mockChatCompletion(id: string, answer: MockAnswer): object {
  const message = { role: 'assistant', content: answer.tokens.join(''), refusal: null };
  return {
    ...head(id, answer, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(answer),
  };
}

/** The events of a chat completion stream: before, for each token, and after. */
export function mockChatStream(id: string, answer: MockAnswer): MockStream {
  const start = head(id, answer, 'chat.completion.chunk');
  const chunk = (delta: object, finish_reason: string | null = null): Uint8Array =>
    encodeSseEvent(JSON.stringify({ ...start, choices: [{ index: 0, delta, finish_reason }] }));
  const usage = answer.includeUsage
    ? [encodeSseEvent(JSON.stringify({ ...start, choices: [], usage: usageOf(answer) }))]
    : [];
  return {
    before: [chunk({ role: 'assistant', content: '' })],
    token: (content) => chunk({ content }),
    after: [chunk({}, 'stop'), ...usage, encodeSseEvent('[DONE]')],
  };
}

function head(id: string, answer: MockAnswer, object: string): object {
  const created = Math.floor(Date.now() / 1000);
  return { id: `chatcmpl-${id}`, object, created, model: answer.model, system_fingerprint: null };
}

function usageOf({ promptTokens, tokens }: MockAnswer): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: tokens.length,
    total_tokens: promptTokens + tokens.length,
  };
}
