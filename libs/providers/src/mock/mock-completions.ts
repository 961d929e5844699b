import { encodeSseEvent } from '@sallyport/dialects';
import type { MockAnswer } from './mock-answer';
import type { MockStream } from './mock-stream';
import { mockUsage, unixTime } from './mock-usage';

/** A whole reply of the older completions API. */
export function mockCompletion(id: string, answer: MockAnswer): object {
  return {
    ...head(id, answer),
    choices: [{ index: 0, text: answer.tokens.join(''), logprobs: null, finish_reason: 'stop' }],
    usage: mockUsage(answer),
  };
}

/** The events of its stream: before, for each token, and after. */
export function mockCompletionStream(id: string, answer: MockAnswer): MockStream {
  const start = { ...head(id, answer), ...(answer.includeUsage && { usage: null }) };
  const chunk = (text: string, finish_reason: string | null): Uint8Array =>
    encodeSseEvent(JSON.stringify({ ...start, choices: [{ index: 0, text, logprobs: null, finish_reason }] }));
  const usage = answer.includeUsage
    ? [encodeSseEvent(JSON.stringify({ ...start, choices: [], usage: mockUsage(answer) }))]
    : [];
  return {
    before: [],
    token: (text) => chunk(text, null),
    after: [chunk('', 'stop'), ...usage, encodeSseEvent('[DONE]')],
  };
}

function head(id: string, { model }: MockAnswer): object {
  return { id: `cmpl-${id}`, object: 'text_completion', created: unixTime(), model };
}
